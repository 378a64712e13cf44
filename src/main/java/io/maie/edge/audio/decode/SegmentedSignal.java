package io.maie.edge.audio.decode;

import java.util.Arrays;

/**
 * One block of a signal, cut into {@value #SEGMENTS} segments that are filtered side by side. A
 * recursive filter makes the processor wait for each sample before the next; over segments, the
 * compiler turns it into vector instructions. The first samples of all segments lie side by side,
 * then the second ones, and so on, behind two rows for the two samples before each segment.
 */
final class SegmentedSignal {
  private static final int SEGMENTS = 64;
  private static final int ROWS = SoundFile.BLOCK_SAMPLES / SEGMENTS;

  /** Index of the first sample. */
  private static final int FIRST = 2 * SEGMENTS;

  private static final int LENGTH = FIRST + ROWS * SEGMENTS;

  /** Smaller amplitudes are silence; numbers that decay further are slow to compute with. */
  private static final float SILENT = 1e-15f;

  private final float[] values = new float[LENGTH];

  /** Sums of products within each segment. */
  private final float[] sums = new float[LENGTH];

  /** The last two samples of the block before. */
  private float last;

  private float beforeLast;

  /** A recursive filter of second order. */
  static final class Filter {
    private final float b0;
    private final float b1;
    private final float b2;
    private final float a1;
    private final float a2;

    /** Shares of the two samples before a segment of the output in its last two. */
    private final float[] echo = {1, 0, 0, 1};

    /**
     * @param b factors of the input and of the two samples of it before
     * @param a factors of the last two samples of the output, which are subtracted
     */
    Filter(double[] b, double[] a) {
      b0 = (float) b[0];
      b1 = (float) b[1];
      b2 = (float) b[2];
      a1 = (float) a[0];
      a2 = (float) a[1];
      for (int row = 0; row < ROWS; row++) {
        float one = -a1 * echo[0] - a2 * echo[2];
        float two = -a1 * echo[1] - a2 * echo[3];
        System.arraycopy(echo, 0, echo, 2, 2);
        echo[0] = one;
        echo[1] = two;
      }
    }

    private void run(float[] in, float[] out) {
      // the compiler keeps locals in registers, not fields
      float in0 = b0;
      float in1 = b1;
      float in2 = b2;
      float out1 = a1;
      float out2 = a2;
      for (int i = FIRST; i < LENGTH; i++) {
        out[i] =
            in0 * in[i]
                + in1 * in[i - SEGMENTS]
                + in2 * in[i - 2 * SEGMENTS]
                - out2 * out[i - 2 * SEGMENTS]
                - out1 * out[i - SEGMENTS];
      }
    }
  }

  /** Makes this the next block, silent behind {@code count} samples. */
  void fill(float[] samples, int count) {
    int from = 0;
    for (int segment = 0; segment < SEGMENTS; segment++) {
      for (int at = FIRST + segment; at < LENGTH; at += SEGMENTS) {
        values[at] = samples[from++];
      }
    }
    clearFrom(count);
    System.arraycopy(values, LENGTH - SEGMENTS, values, SEGMENTS + 1, SEGMENTS - 1);
    System.arraycopy(values, LENGTH - 2 * SEGMENTS, values, 1, SEGMENTS - 1);
    values[SEGMENTS] = last;
    values[0] = beforeLast;
    keepEnd();
  }

  /** Silences the samples from {@code count} on. */
  void clearFrom(int count) {
    for (int i = count; i < SoundFile.BLOCK_SAMPLES; i++) {
      values[FIRST + i % ROWS * SEGMENTS + i / ROWS] = 0;
    }
  }

  /**
   * Makes this the next block of what a filter of second order makes of {@code in}. All segments
   * are filtered from silence, which tells how each ends and so how the next one begins, and then
   * from there.
   */
  void filter(SegmentedSignal in, Filter filter) {
    float[] echo = filter.echo;
    Arrays.fill(values, 0, FIRST, 0f);
    filter.run(in.values, values);
    float one = last;
    float two = beforeLast;
    for (int segment = 0; segment < SEGMENTS; segment++) {
      values[SEGMENTS + segment] = one;
      values[segment] = two;
      int end = LENGTH - SEGMENTS + segment;
      float next = values[end] + echo[0] * one + echo[1] * two;
      two = values[end - SEGMENTS] + echo[2] * one + echo[3] * two;
      one = next;
    }
    filter.run(in.values, values);
    keepEnd();
  }

  private void keepEnd() {
    last = values[LENGTH - 1];
    beforeLast = values[LENGTH - 1 - SEGMENTS];
    if (Math.abs(last) + Math.abs(beforeLast) < SILENT) {
      last = 0;
      beforeLast = 0;
    }
  }

  /** The sum of the products of all samples with those of {@code other}. */
  double product(SegmentedSignal other) {
    float[] one = values;
    float[] two = other.values;
    for (int i = FIRST; i < LENGTH; i++) {
      sums[i] = sums[i - SEGMENTS] + one[i] * two[i];
    }
    double sum = 0;
    for (int i = LENGTH - SEGMENTS; i < LENGTH; i++) {
      sum += sums[i];
    }
    return sum;
  }
}
