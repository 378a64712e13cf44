package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Continues hypotheses that know nothing of each other and takes the best in the end: greedy
 * decoding if there is one that always takes the likeliest token, else best-of-n sampling, as
 * openai/whisper's.
 */
public final class IndependentSearch implements Search {
  private final TokenRules rules;
  private final int endOfText;
  private final TextLimit limit;
  private final List<TokenPicker> choices;

  private final List<Track> tracks = new ArrayList<>();
  private List<Hypothesis> open = List.of(Hypothesis.EMPTY);
  private int[] origins = {};
  private int steps;

  /**
   * A search.
   *
   * @param choices one for each hypothesis
   */
  public IndependentSearch(
      TokenRules rules, int endOfText, TextLimit limit, List<TokenPicker> choices) {
    this.rules = rules;
    this.endOfText = endOfText;
    this.limit = limit;
    this.choices = List.copyOf(choices);
    choices.forEach(choice -> tracks.add(new Track()));
  }

  /** Takes the likeliest token, always. */
  public static IndependentSearch greedy(TokenRules rules, int endOfText, TextLimit limit) {
    return new IndependentSearch(rules, endOfText, limit, List.of(TokenPicker::best));
  }

  @Override
  public List<Hypothesis> open() {
    return open;
  }

  @Override
  public int[] origins() {
    return origins.clone();
  }

  @Override
  public void advance(NextTokenLogits scores) throws ProcessingException {
    steps++;
    for (int i = 0; i < tracks.size(); i++) {
      Track track = tracks.get(i);
      if (!track.ended) {
        // rows are computed again for each: choosing does not change them, but the rules do
        track.append(scores.row(track.row), choices.get(i));
      }
    }
    renumber();
  }

  private void renumber() {
    List<Track> going = tracks.stream().filter(track -> !track.ended).toList();
    origins = going.stream().mapToInt(track -> track.row).toArray();
    open = going.stream().map(track -> track.hypothesis).toList();
    for (int row = 0; row < going.size(); row++) {
      going.get(row).row = row;
    }
  }

  @Override
  public Hypothesis best() {
    Track best = tracks.get(0);
    for (Track track : tracks) {
      if (mean(track.hypothesis) > mean(best.hypothesis)) {
        best = track;
      }
    }
    return best.hypothesis;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public double averageLogProbability() {
    return mean(best());
  }

  /** The end of the text counts, whether it was reached or not. */
  private double mean(Hypothesis hypothesis) {
    boolean ended = hypothesis.token(0) == endOfText;
    return hypothesis.score() / (hypothesis.length() + (ended ? 0 : 1));
  }

  /** One hypothesis on its way. */
  private final class Track {
    Hypothesis hypothesis = Hypothesis.EMPTY;
    int row;
    boolean ended;

    void append(TokenScores scores, TokenPicker choice) {
      float highest = rules.apply(scores, hypothesis);
      int token = choice.of(scores, highest);
      double logProbability = scores.get(token) - scores.logSum(0, scores.size(), highest);
      hypothesis = hypothesis.append(token, (float) logProbability);
      ended = token == endOfText || limit.isReached(hypothesis);
    }
  }
}
