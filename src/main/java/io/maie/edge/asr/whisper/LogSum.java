package io.maie.edge.asr.whisper;

/**
 * Logarithms of sums of exponentials over a vocabulary, within 1e-6. Fifty thousand calls of {@link
 * Math#exp} per token would take longer than the rest of what is done outside the model. What
 * replaces them is written as plain loops over one small array, which the compiler turns into
 * vector instructions.
 */
final class LogSum {
  /** Values that are computed together; small enough for the fastest cache. */
  private static final int BLOCK = 1024;

  /**
   * exp(x) = exp(x / 32)^32: near 0 seven terms of the series are enough, and below -32 nothing
   * counts.
   */
  private static final int POWER = 32;

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
    float[] block = new float[BLOCK];
    double sum = 0;
    for (int at = from; at < to; at += BLOCK) {
      int count = Math.min(BLOCK, to - at);
      System.arraycopy(values, at, block, 0, count);
      exponentials(block, count, max);
      sum += sum(block, count);
    }
    return max + Math.log(sum);
  }

  static float max(float[] values, int from, int to) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      // unlike Math.max, nothing is done about zeros of either sign
      if (values[i] > max) {
        max = values[i];
      }
    }
    return max;
  }

  private static void exponentials(float[] block, int count, float max) {
    for (int i = 0; i < count; i++) {
      float below = (block[i] - max) * (1f / POWER);
      block[i] = Math.max(below, -1f);
    }
    for (int i = 0; i < count; i++) {
      float x = block[i];
      block[i] =
          1
              + x
                  * (1
                      + x
                          * (1 / 2f
                              + x * (1 / 6f + x * (1 / 24f + x * (1 / 120f + x * (1 / 720f))))));
    }
    for (int i = 0; i < count; i++) {
      float power = block[i];
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      block[i] = power;
    }
  }

  /** Four sums that do not wait for each other. */
  private static double sum(float[] block, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += block[i];
      b += block[i + 1];
      c += block[i + 2];
      d += block[i + 3];
    }
    for (; i < count; i++) {
      a += block[i];
    }
    return a + b + c + d;
  }
}
