package io.maie.edge.asr.whisper;

/**
 * A token of a hypothesis.
 *
 * @param logProbability natural logarithm, at most 0
 */
record ScoredToken(int id, float logProbability) {

  /** 0 to 1. */
  double probability() {
    return Math.min(1, Math.exp(logProbability));
  }
}
