package io.maie.edge.asr.seq2seq;

/**
 * A token of a hypothesis.
 *
 * @param logProbability natural logarithm, at most 0
 */
public record ScoredToken(int id, float logProbability) {

  /** 0 to 1. */
  public double probability() {
    return Math.min(1, Math.exp(logProbability));
  }
}
