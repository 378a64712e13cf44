package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows several hypotheses from frame to frame; those with the same tokens at the same frame are
 * added up.
 *
 * <p>Without durations and with at most one token a frame this is the modified beam search of
 * icefall and sherpa-onnx 2.0.1. Where more are allowed, a hypothesis that says a token goes on in
 * the same frame. With durations (H. Xu et al., Efficient Sequence Transduction by Jointly
 * Predicting Tokens and Durations, 2023) a hypothesis goes on by as many frames as its token lasts;
 * hypotheses compete with those that wait at the same frame.
 */
final class BeamSearch<P> implements TransducerSearch {
  private final TransducerNetwork<P> network;
  private final SearchRules rules;
  private final PhraseGraph phrases;

  /** Hypotheses by the frame that each is joined with next. */
  private final TreeMap<Integer, List<Hypothesis<P>>> waiting = new TreeMap<>();

  /** Frames of the parts before. */
  private int before;

  BeamSearch(TransducerNetwork<P> network, SearchRules rules, PhraseGraph phrases)
      throws ProcessingException {
    this.network = requireNonNull(network, "network is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.phrases = requireNonNull(phrases, "phrases is null");
    waiting.put(0, List.of(new Hypothesis<>(null, network.start(), 0, PhraseGraph.OUTSIDE)));
  }

  /**
   * Tokens that may have been said.
   *
   * @param said null if there are none
   * @param score log-probability of all alignments that were followed, and bonuses
   * @param place in the phrases
   */
  private record Hypothesis<P>(@Nullable TokenChain said, P prediction, double score, int place) {

    /** The same with another score. */
    Hypothesis<P> scored(double other) {
      return new Hypothesis<>(said, prediction, other, place);
    }
  }

  @Override
  public void accept(EncodedFrames frames) throws ProcessingException {
    int end = before + frames.count();
    while (waiting.firstKey() < end) {
      int frame = waiting.firstKey();
      List<Hypothesis<P>> here = best(waiting.getOrDefault(frame, List.of()));
      waiting.remove(frame);
      for (int symbols = 1; !here.isEmpty(); symbols++) {
        List<P> predictions = here.stream().map(Hypothesis::prediction).toList();
        float[] joined = network.join(frames, frame - before, predictions);
        TokenScores scores = new TokenScores(joined, predictions.size(), rules);
        here = step(here, scores, frame, symbols == rules.maxSymbols());
      }
    }
    before = end;
  }

  /** The hypotheses that the search follows; the first of equals first. */
  private List<Hypothesis<P>> best(List<Hypothesis<P>> hypotheses) {
    return hypotheses.size() <= rules.beamSize()
        ? hypotheses
        : hypotheses.stream()
            .sorted(Comparator.comparingDouble(each -> -each.score))
            .limit(rules.beamSize())
            .toList();
  }

  /**
   * Extends hypotheses by one outcome each.
   *
   * @param isLast whether the frame has said as much as it may
   * @return those that say more in this frame
   */
  private List<Hypothesis<P>> step(
      List<Hypothesis<P>> hypotheses, TokenScores scores, int frame, boolean isLast)
      throws ProcessingException {
    List<Hypothesis<P>> staying = new ArrayList<>();
    for (BestExtensions.Extension best : extensions(hypotheses, scores).all()) {
      Hypothesis<P> from = hypotheses.get(best.row());
      int token = best.token();
      boolean isSilent = rules.isSilent(token);
      int skip = rules.framesAfter(best.skip(), isSilent || isLast);
      List<Hypothesis<P>> following =
          skip == 0 ? staying : waiting.computeIfAbsent(frame + skip, each -> new ArrayList<>());
      if (isSilent) {
        add(following, from.scored(best.score()));
      } else {
        double logProbability = scores.logProbability(best.row(), token);
        int duration = rules.durations() == 0 ? 1 : best.skip();
        SaidToken said = new SaidToken(token, frame, duration, logProbability);
        addSaying(following, from, said, best.score());
      }
    }
    return staying;
  }

  private BestExtensions extensions(List<Hypothesis<P>> hypotheses, TokenScores scores) {
    BestExtensions best = new BestExtensions(rules.beamSize());
    for (int row = 0; row < hypotheses.size(); row++) {
      double base = hypotheses.get(row).score - scores.logSum(row);
      double[] durations = scores.durations(row);
      for (int token = 0; token < rules.vocabulary(); token++) {
        double score = base + scores.at(row, token);
        for (int skip = 0; skip < durations.length; skip++) {
          best.offer(row, token, skip, score + durations[skip]);
        }
      }
    }
    return best;
  }

  /** Adds a hypothesis, or its score to one that says the same. */
  private static <P> void add(List<Hypothesis<P>> following, Hypothesis<P> hypothesis) {
    int same = indexOf(following, hypothesis.said);
    if (same >= 0) {
      following.set(same, merged(following.get(same), hypothesis.score));
    } else {
      following.add(hypothesis);
    }
  }

  private void addSaying(
      List<Hypothesis<P>> following, Hypothesis<P> from, SaidToken token, double score)
      throws ProcessingException {
    int reached = phrases.reach(from.place, token.token());
    double rewarded = score + phrases.gain(from.place, reached);
    TokenChain chain = TokenChain.of(from.said, token);
    int same = indexOf(following, chain);
    if (same >= 0) {
      following.set(same, merged(following.get(same), rewarded));
    } else {
      P prediction = network.after(from.prediction, token.token());
      following.add(new Hypothesis<>(chain, prediction, rewarded, phrases.resume(reached)));
    }
  }

  private static <P> int indexOf(List<Hypothesis<P>> hypotheses, @Nullable TokenChain said) {
    for (int i = 0; i < hypotheses.size(); i++) {
      if (TokenChain.saysTheSame(hypotheses.get(i).said, said)) {
        return i;
      }
    }
    return -1;
  }

  private static <P> Hypothesis<P> merged(Hypothesis<P> first, double score) {
    double most = Math.max(first.score, score);
    double sum = most + Math.log1p(Math.exp(Math.min(first.score, score) - most));
    return first.scored(sum);
  }

  @Override
  public List<SaidToken> finish() {
    List<Hypothesis<P>> ended = new ArrayList<>();
    for (List<Hypothesis<P>> hypotheses : waiting.values()) {
      for (Hypothesis<P> hypothesis : hypotheses) {
        add(ended, hypothesis);
      }
    }
    Hypothesis<P> best = ended.get(0);
    for (Hypothesis<P> hypothesis : ended) {
      if (rank(hypothesis) > rank(best)) {
        best = hypothesis;
      }
    }
    return TokenChain.tokens(best.said);
  }

  private double rank(Hypothesis<P> hypothesis) {
    double score = hypothesis.score - phrases.unfinished(hypothesis.place);
    return score / (TokenChain.lengthOf(hypothesis.said) + rules.contextSize());
  }
}
