package io.maie.edge.asr.seq2seq;

import java.util.ArrayList;
import java.util.List;

/** Keeps the best of many candidates; of equals, those that came first. */
final class BestCandidates {
  /** More than three sums of 32-bit floats below 10,000 can be wrong by. */
  private static final float ROUNDING = 0.01f;

  private final int limit;

  /** Best first. */
  private final List<Candidate> ranked = new ArrayList<>();

  private float least = Float.NEGATIVE_INFINITY;

  BestCandidates(int limit) {
    this.limit = limit;
  }

  /**
   * Offers every token that may follow a hypothesis.
   *
   * @param score of the hypothesis
   * @param logits of the tokens
   * @param total to subtract from them for logarithms of probabilities
   */
  void offer(int row, float score, TokenScores logits, float total) {
    int token = logits.firstAbove(hopeless(score, total), 0);
    while (token < logits.size()) {
      float logProbability = logits.get(token) - total;
      float sum = score + logProbability;
      if (sum > least) {
        insert(new Candidate(row, token, logProbability, sum));
      }
      token = logits.firstAbove(hopeless(score, total), token + 1);
    }
  }

  /** Up to this logit no token can be among the best, however sums are rounded. */
  private float hopeless(float score, float total) {
    return least - score + total - ROUNDING;
  }

  private void insert(Candidate candidate) {
    int at = ranked.size();
    while (at > 0 && ranked.get(at - 1).score() < candidate.score()) {
      at--;
    }
    ranked.add(at, candidate);
    if (ranked.size() > limit) {
      ranked.remove(limit);
    }
    if (ranked.size() == limit) {
      least = ranked.get(limit - 1).score();
    }
  }

  List<Candidate> ranked() {
    return List.copyOf(ranked);
  }
}
