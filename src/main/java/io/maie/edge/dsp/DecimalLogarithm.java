package io.maie.edge.dsp;

/**
 * Decimal logarithms of many numbers at a time, within 1e-9. Holds scratch space: one instance per
 * thread.
 */
public final class DecimalLogarithm {
  /*
   * x = 2^e * m with m between sqrt(1/2) and sqrt(2), and ln m = 2 artanh((m - 1) / (m + 1)). Of
   * the series of artanh the terms up to the ninth power are summed: what is left out is below
   * 4e-10. All but the splitting becomes vector instructions, as in Butterfly; Math.log10 takes one
   * number at a time.
   */
  private static final double LOG_OF_2 = Math.log10(2);

  /** Factor of artanh. */
  private static final double SCALE = 2 / Math.log(10);

  /** Bits of the least m. */
  private static final long LEAST = Double.doubleToRawLongBits(Math.sqrt(0.5));

  /** Bits of a number behind the binary point of its significand. */
  private static final int FRACTION_BITS = 52;

  /** e of each number. */
  private final double[] exponents;

  /**
   * Prepares logarithms.
   *
   * @param most numbers at a time
   */
  public DecimalLogarithm(int most) {
    exponents = new double[most];
  }

  /**
   * Replaces numbers by their logarithms.
   *
   * @param values the first {@code count} are replaced; finite, {@link Double#MIN_NORMAL} or more
   */
  public void apply(double[] values, int count) {
    split(values, count);
    for (int i = 0; i < count; i++) {
      double m = values[i];
      values[i] = (m - 1) / (m + 1);
    }
    double[] e = exponents;
    for (int i = 0; i < count; i++) {
      double x = values[i];
      double square = x * x;
      double series =
          1 + square * (1 / 3. + square * (1 / 5. + square * (1 / 7. + square * (1 / 9.))));
      values[i] = e[i] * LOG_OF_2 + x * series * SCALE;
    }
  }

  /** Leaves m in place of the values. */
  private void split(double[] values, int count) {
    for (int i = 0; i < count; i++) {
      long bits = Double.doubleToRawLongBits(values[i]);
      long above = bits - LEAST;
      long exponent = above >> FRACTION_BITS;
      exponents[i] = (int) exponent;
      values[i] = Double.longBitsToDouble(bits - (exponent << FRACTION_BITS));
    }
  }
}
