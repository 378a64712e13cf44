package io.maie.edge.audio.decode;

/** A block of samples, rounded to 16 bits with vector instructions. */
final class Samples16 {
  /**
   * Floats beside this one are a whole unit apart, so that adding it rounds, halves to the even
   * number; the lowest bits then hold the result.
   */
  private static final float ROUNDING = 3 << 22;

  private final float[] shifted = new float[SoundFile.BLOCK_SAMPLES];
  private final short[] rounded = new short[SoundFile.BLOCK_SAMPLES];

  /** The 16-bit numbers nearest to the first {@code count} of {@code values} times a scale. */
  short[] round(float[] values, float scale, int count) {
    for (int i = 0; i < count; i++) {
      float bounded = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, values[i] * scale));
      shifted[i] = bounded + ROUNDING;
    }
    for (int i = 0; i < count; i++) {
      rounded[i] = (short) Float.floatToRawIntBits(shifted[i]);
    }
    return rounded;
  }

  /** The numbers that were rounded last, in units of {@code unit}. */
  void restore(float[] values, float unit, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = (shifted[i] - ROUNDING) * unit;
    }
  }
}
