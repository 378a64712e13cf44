package io.maie.edge.asr.whisper;

/**
 * Logarithms of sums of exponentials over a vocabulary, within 1e-6. Fifty thousand exponentials
 * per token would take longer than the rest of what is done outside the model, so they are read
 * from a table.
 */
final class LogSum {
  /** Steps of the table per unit. */
  private static final int RESOLUTION = 1024;

  /** Below this, 2^16 addends together change the sum by less than 1e-6 of it. */
  private static final int DEPTH = 25;

  /** exp(-i / RESOLUTION) */
  private static final double[] TABLE = new double[DEPTH * RESOLUTION + 1];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      TABLE[i] = Math.exp(-(double) i / RESOLUTION);
    }
  }

  private LogSum() {}

  /**
   * Natural logarithm of the sum of the exponentials of {@code values} in [from, to); negative
   * infinity if there are none or all of them are.
   */
  static double of(float[] values, int from, int to) {
    float max = max(values, from, to);
    if (max == Float.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      float steps = (max - values[i]) * RESOLUTION;
      if (steps < DEPTH * RESOLUTION) {
        int whole = (int) steps;
        double rest = (double) (steps - whole) / RESOLUTION;
        sum += TABLE[whole] * (1 - rest + rest * rest / 2);
      }
    }
    return max + Math.log(sum);
  }

  static float max(float[] values, int from, int to) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      max = Math.max(max, values[i]);
    }
    return max;
  }
}
