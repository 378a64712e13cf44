package io.maie.edge.asr.whisper;

import java.util.ArrayList;
import java.util.List;

/** Keeps the best of many candidates; of equals, those that came first. */
final class BestCandidates {
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
    for (int token = 0; token < logits.length; token++) {
      float logProbability = logits[token] - total;
      float sum = score + logProbability;
      if (sum > least) {
        insert(new Candidate(row, token, logProbability, sum));
      }
    }
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
