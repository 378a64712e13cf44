package io.maie.edge.audio.decode;

/** Samples of 16 bits. */
final class Samples16 {
  private Samples16() {}

  /** The nearest 16-bit number, halves away from zero; faster than {@link Math#round(float)}. */
  static int rounded(float value) {
    int rounded = (int) (value + Math.copySign(0.5f, value));
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
  }
}
