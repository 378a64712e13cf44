package io.maie.edge.asr.seq2seq;

import java.util.Arrays;

/**
 * Logarithms of sums of exponentials over a vocabulary, within 1e-6. Fifty thousand calls of {@link
 * Math#exp} per token would take longer than the rest of what is done outside the model.
 */
public final class LogSumExp {
  /*
   * The values are taken block by block, and what is computed of a block is kept lane by lane until
   * the end. Each loop goes over whole small arrays with one index: only such loops does the
   * compiler of Java 17 turn into vector instructions, not those that begin in the middle of an
   * array or bring many numbers down to one.
   */

  /** Values that are computed together; small enough for the fastest cache. */
  private static final int BLOCK = 1024;

  /**
   * exp(x) = exp(x / 32)^32: near 0 seven terms of the series are enough, and below -32 nothing
   * counts.
   */
  private static final int POWER = 32;

  /** Values that share a peak. */
  public static final int GROUP = 4096;

  /** Few enough to be brought down to one without vector instructions. */
  private static final int LANES = 512;

  private LogSumExp() {}

  /**
   * The greatest value of each group.
   *
   * @param peaks filled; one for every {@link #GROUP} values, the last of which may have fewer
   */
  public static void peaks(float[] values, float[] peaks) {
    float[] block = new float[LANES];
    float[] greatest = new float[LANES];
    for (int group = 0; group < peaks.length; group++) {
      Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
      int end = Math.min(values.length, (group + 1) * GROUP);
      for (int at = group * GROUP; at < end; at += LANES) {
        int count = Math.min(LANES, end - at);
        System.arraycopy(values, at, block, 0, count);
        raise(block, count, greatest);
      }
      peaks[group] = greatest(greatest);
    }
  }

  /**
   * Natural logarithm of the sum of the exponentials of {@code values} in [from, to); negative
   * infinity if there are none or all of them are.
   */
  public static double of(float[] values, int from, int to) {
    return of(values, from, to, max(values, from, to));
  }

  /** The same where the greatest of the values is known. */
  public static double of(float[] values, int from, int to, float max) {
    if (max == Float.NEGATIVE_INFINITY) {
      return max;
    }
    float[] block = new float[BLOCK];
    float[] sums = new float[BLOCK];
    for (int at = from; at < to; at += BLOCK) {
      int count = Math.min(BLOCK, to - at);
      System.arraycopy(values, at, block, 0, count);
      exponentials(block, count, max);
      add(block, count, sums);
    }
    double sum = 0;
    for (float lane : sums) {
      sum += lane;
    }
    return max + Math.log(sum);
  }

  /** The greatest of {@code values} in [from, to); negative infinity if there are none. */
  public static float max(float[] values, int from, int to) {
    float[] block = new float[BLOCK];
    float[] greatest = new float[BLOCK];
    Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
    for (int at = from; at < to; at += BLOCK) {
      int count = Math.min(BLOCK, to - at);
      System.arraycopy(values, at, block, 0, count);
      raise(block, count, greatest);
    }
    return greatest(greatest);
  }

  private static float greatest(float[] lanes) {
    float max = Float.NEGATIVE_INFINITY;
    for (float lane : lanes) {
      if (lane > max) {
        max = lane;
      }
    }
    return max;
  }

  private static void raise(float[] block, int count, float[] greatest) {
    for (int i = 0; i < count; i++) {
      greatest[i] = Math.max(greatest[i], block[i]);
    }
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

  private static void add(float[] block, int count, float[] sums) {
    for (int i = 0; i < count; i++) {
      sums[i] += block[i];
    }
  }
}
