package io.maie.edge.asr.ctc;

/**
 * Tokens with a meaning of their own.
 *
 * @param blank stands for nothing, and separates equal neighbours
 * @param silence the pause between words; negative = the model has none
 */
record CtcTokens(int blank, int silence) {

  CtcTokens {
    if (blank < 0 || blank == silence) {
      throw new IllegalArgumentException(
          "expected two different tokens, found " + blank + " and " + silence);
    }
  }
}
