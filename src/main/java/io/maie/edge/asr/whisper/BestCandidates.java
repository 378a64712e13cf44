package io.maie.edge.asr.whisper;

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
   * @param logits of the tokens; negative infinity = must not follow
   * @param total to subtract from them for logarithms of probabilities
   */
  void offer(int row, float score, float[] logits, float total) {
    int token = next(logits, 0, hopeless(score, total));
    while (token < logits.length) {
      float logProbability = logits[token] - total;
      float sum = score + logProbability;
      if (sum > least) {
        insert(new Candidate(row, token, logProbability, sum));
      }
      token = next(logits, token + 1, hopeless(score, total));
    }
  }

  /** The first token from {@code from} on with a logit above {@code hopeless}. */
  private static int next(float[] logits, int from, float hopeless) {
    int token = from;
    while (token < logits.length && !(logits[token] > hopeless)) {
      token++;
    }
    return token;
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
