package io.maie.edge.asr.whisper;

/** Chooses the next token from scores. */
@FunctionalInterface
interface Choice {

  /**
   * A token.
   *
   * @param scores shape (vocabulary size), logits; negative infinity = must not be chosen
   * @param highest of them
   */
  int of(float[] scores, float highest);

  /** The one with the highest score; the first of equals. */
  static int best(float[] scores, float highest) {
    for (int token = 0; token < scores.length; token++) {
      if (scores[token] == highest) {
        return token;
      }
    }
    return 0;
  }
}
