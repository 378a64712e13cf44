package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Beam search as transformers' {@code generate} does it, with a length penalty of 1 and the default
 * stopping rule: twice as many candidates as beams are looked at, so that enough go on if many end;
 * finished hypotheses are ranked by their mean log-probability; the search ends when the best open
 * one is no better than the worst of a full set of finished ones, or no room is left.
 *
 * <p>As there, probabilities are those before the token rules, which only forbid.
 */
public final class BeamSearch implements Search {
  private final TokenRules rules;
  private final int endOfText;
  private final int beams;
  private final TextLimit limit;

  private List<Hypothesis> open = List.of(Hypothesis.EMPTY);
  private int[] origins = {};
  private int steps;

  /** Best first, at most {@link #beams}. */
  private final List<Finished> finished = new ArrayList<>();

  /**
   * A search.
   *
   * @param beams 2 or more
   */
  public BeamSearch(TokenRules rules, int endOfText, int beams, TextLimit limit) {
    this.rules = rules;
    this.endOfText = endOfText;
    this.beams = beams;
    this.limit = limit;
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
    BestCandidates best = new BestCandidates(2 * beams);
    for (int row = 0; row < open.size(); row++) {
      TokenScores logits = scores.row(row);
      double total = logits.logSum();
      rules.apply(logits, open.get(row));
      best.offer(row, open.get(row).score(), logits, (float) total);
    }
    divide(best.ranked());
    if (!canImprove()) {
      open = List.of();
    }
  }

  /** Candidates that end are finished if they are among the best; the others go on. */
  private void divide(List<Candidate> ranked) {
    List<Hypothesis> next = new ArrayList<>();
    List<Integer> from = new ArrayList<>();
    for (int rank = 0; rank < ranked.size(); rank++) {
      Candidate candidate = ranked.get(rank);
      Hypothesis longer =
          open.get(candidate.row()).append(candidate.token(), candidate.logProbability());
      if (candidate.token() == endOfText || limit.isReached(longer)) {
        if (rank < beams) {
          finish(new Finished(longer, longer.score() / longer.length()));
        }
      } else if (next.size() < beams) {
        next.add(longer);
        from.add(candidate.row());
      }
    }
    open = List.copyOf(next);
    origins = from.stream().mapToInt(i -> i).toArray();
  }

  private void finish(Finished candidate) {
    int at = 0;
    while (at < finished.size() && finished.get(at).mean() >= candidate.mean()) {
      at++;
    }
    finished.add(at, candidate);
    if (finished.size() > beams) {
      finished.remove(beams);
    }
  }

  private boolean canImprove() {
    if (open.isEmpty() || finished.size() < beams) {
      return !open.isEmpty();
    }
    Hypothesis best = open.get(0);
    return best.score() / best.length() > finished.get(beams - 1).mean();
  }

  @Override
  public Hypothesis best() {
    return finished.get(0).hypothesis();
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public double averageLogProbability() {
    return finished.get(0).mean();
  }

  /** A hypothesis that ended, and the mean that it is ranked by. */
  private record Finished(Hypothesis hypothesis, float mean) {}
}
