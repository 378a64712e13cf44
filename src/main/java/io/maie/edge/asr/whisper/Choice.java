package io.maie.edge.asr.whisper;

/** Chooses the next token from scores. */
@FunctionalInterface
interface Choice {

  /**
   * A token.
   *
   * @param scores shape (vocabulary size), logits; negative infinity = must not be chosen
   */
  int of(float[] scores);

  /** The one with the highest score; the first of equals. */
  static int best(float[] scores) {
    float highest = LogSum.max(scores, 0, scores.length);
    for (int token = 0; token < scores.length; token++) {
      if (scores[token] == highest) {
        return token;
      }
    }
    return 0;
  }
}
