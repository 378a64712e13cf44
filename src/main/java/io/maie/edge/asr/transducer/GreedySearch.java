package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Says the most probable token of each frame, for transducers with durations (H. Xu et al.,
 * Efficient Sequence Transduction by Jointly Predicting Tokens and Durations, 2023) and without.
 */
final class GreedySearch<P> implements TransducerSearch {
  /*
   * A prediction changes only when a token is said, so that several frames are joined with it at
   * once and looked through up to the first token. Scores beyond that are thrown away,
   * so the number grows as long as nothing is said.
   */
  private static final int FEWEST_AHEAD = 2;
  private static final int MOST_AHEAD = 16;

  private final TransducerNetwork<P> network;
  private final SearchRules rules;
  private final List<SaidToken> said = new ArrayList<>();
  private P prediction;

  /** Frames of the parts before. */
  private int before;

  /** The next frame to look at; may lie behind the frames that came. */
  private int next;

  /** Tokens said in that frame. */
  private int symbols;

  GreedySearch(TransducerNetwork<P> network, SearchRules rules) throws ProcessingException {
    this.network = requireNonNull(network, "network is null");
    this.rules = requireNonNull(rules, "rules is null");
    prediction = network.start();
  }

  @Override
  public void accept(EncodedFrames frames) throws ProcessingException {
    int end = before + frames.count();
    int ahead = FEWEST_AHEAD;
    while (next < end) {
      int first = next;
      int count = Math.min(Math.min(ahead, network.framesAtOnce()), end - first);
      float[] scores = network.join(new FrameRange(frames, first - before, count), prediction);
      boolean spoke = look(new TokenScores(scores, count, rules), first, count);
      ahead = spoke ? FEWEST_AHEAD : Math.min(2 * ahead, MOST_AHEAD);
    }
    before = end;
  }

  /** Advances to the first token, or behind the frames; returns whether there was a token. */
  private boolean look(TokenScores scores, int first, int count) throws ProcessingException {
    while (next < first + count) {
      int row = next - first;
      int token = scores.best(row);
      int skip = scores.skip(row);
      if (rules.isSilent(token)) {
        goOn(true, skip);
      } else {
        say(token, skip, scores.logProbability(row, token));
        return true;
      }
    }
    return false;
  }

  private void say(int token, int skip, double logProbability) throws ProcessingException {
    int duration = rules.durations() == 0 ? 1 : skip;
    said.add(new SaidToken(token, next, duration, logProbability));
    symbols++;
    goOn(false, skip);
    prediction = network.after(prediction, token);
  }

  /** A duration of 0 after a blank still moves on, and so does a frame that says too much. */
  private void goOn(boolean isSilent, int skip) {
    if (skip > 0) {
      next += skip;
      symbols = 0;
    } else if (isSilent || symbols == rules.maxSymbols()) {
      next++;
      symbols = 0;
    }
  }

  @Override
  public List<SaidToken> finish() {
    return List.copyOf(said);
  }
}
