package io.maie.edge.dsp;

import java.util.Arrays;

/**
 * The discrete Fourier transform of real frames of one fixed length, many frames side by side.
 * Holds scratch space: one instance per thread.
 */
public final class FourierTransform {
  /*
   * An even length n is computed as a complex transform of length n/2 over (even, odd) pairs, then
   * untangled [2]; an odd length as a complex transform with zero imaginary part. The complex
   * transform is Stockham's self-sorting algorithm [1], decimated in time, with mixed radices. A
   * factor r costs r*r multiplications per butterfly; 2, 4 and 5 are written out. Large primes are
   * thus slow (quadratic) but right.
   *
   * A number in the transform of one frame is a row here: the same number of every
   * frame. Butterflies work in place on rows, and only references to rows change their order.
   *
   * [1] P. N. Swarztrauber, FFT algorithms for vector computers, Parallel Computing 1 (1984).
   * [2] W. H. Press et al., Numerical Recipes, section "FFT of real functions".
   */

  /**
   * Frames that are transformed together, at most. More of them spread the cost of entering a loop;
   * fewer leave room in the second level cache, where the rows of all samples should stay: 200 kB
   * for 400 samples.
   */
  public static final int LANES = 64;

  private final int length;
  private final int half;
  private final boolean even;
  private final int[] factors;

  /** cos and sin of -2 pi k / length, k = 0 ... length / 2. */
  private final double[] rootRe;

  private final double[] rootIm;

  private final Butterfly butterfly;
  private double[][] re;
  private double[][] im;
  private double[][] otherRe;
  private double[][] otherIm;

  /** Rows of imaginary parts; an even length has them among its samples. */
  private final double[][] zeros;

  /**
   * Prepares transforms of {@code length} samples.
   *
   * @param length 1 or more; fastest if it has no prime factor above 5
   */
  public FourierTransform(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("expected a length of 1 or more, found " + length);
    }
    this.length = length;
    even = length % 2 == 0;
    half = even ? length / 2 : length;
    factors = factors(half);
    rootRe = new double[bins()];
    rootIm = new double[bins()];
    Butterfly.fillRoots(length, rootRe, rootIm);
    butterfly = new Butterfly(half, Arrays.stream(factors).max().orElse(1));
    re = new double[half][];
    im = new double[half][];
    otherRe = new double[half][];
    otherIm = new double[half][];
    zeros = even ? new double[0][] : new double[length][LANES];
  }

  /** Number of frequencies from zero to Nyquist: {@code length / 2 + 1}. */
  public int bins() {
    return length / 2 + 1;
  }

  /**
   * Computes squared magnitudes. Those of a frame do not depend on the frames beside it.
   *
   * @param frames shape (length, {@link #LANES}), sample by sample; the first {@code count} of each
   *     row are overwritten
   * @param count frames that there are, at most {@link #LANES}
   * @param power shape (bins, {@link #LANES}), the first {@code count} of each row are overwritten;
   *     bin k is at k / length of the sample rate
   */
  public void powerSpectra(double[][] frames, int count, double[][] power) {
    if (frames.length != length) {
      throw new IllegalArgumentException("expected " + length + " samples, found " + frames.length);
    }
    transform(frames, count);
    if (even) {
      untanglePower(count, power);
      return;
    }
    for (int k = 0; k < bins(); k++) {
      square(k, 1, count, power[k]);
    }
  }

  private void transform(double[][] frames, int count) {
    for (int k = 0; k < half; k++) {
      re[k] = even ? frames[2 * k] : frames[k];
      im[k] = even ? frames[2 * k + 1] : zeros[k];
    }
    for (double[] row : zeros) {
      Arrays.fill(row, 0);
    }
    int transformed = 1;
    for (int radix : factors) {
      pass(radix, transformed, count);
      swap();
      transformed *= radix;
    }
  }

  /** Makes transforms of radix * transformed samples out of those of {@code transformed}. */
  private void pass(int radix, int transformed, int count) {
    int apart = half / (radix * transformed);
    for (int k = 0; k < transformed; k++) {
      for (int q = 0; q < apart; q++) {
        int from = q + radix * apart * k;
        for (int j = 0; j < radix; j++) {
          butterfly.re[j] = re[from + j * apart];
          butterfly.im[j] = im[from + j * apart];
        }
        butterfly.combine(radix, apart * k, count);
        int to = q + apart * k;
        for (int j = 0; j < radix; j++) {
          otherRe[to + j * apart * transformed] = butterfly.re[j];
          otherIm[to + j * apart * transformed] = butterfly.im[j];
        }
      }
    }
  }

  private void swap() {
    double[][] wasRe = re;
    double[][] wasIm = im;
    re = otherRe;
    im = otherIm;
    otherRe = wasRe;
    otherIm = wasIm;
  }

  /** Bins that mirror each other are made of the same sums, so they are computed together. */
  private void untanglePower(int count, double[][] power) {
    squareOfEnds(count, power[0], power[half]);
    for (int k = 1; k < half - k; k++) {
      untangle(k, half - k, count);
      square(k, 0.25, count, power[k]);
      square(half - k, 0.25, count, power[half - k]);
    }
    if (half % 2 == 0) {
      // the one that mirrors itself is the conjugate of its bin
      square(half / 2, 1, count, power[half / 2]);
    }
  }

  private void squareOfEnds(int count, double[] first, double[] last) {
    double[] real = re[0];
    double[] imaginary = im[0];
    for (int i = 0; i < count; i++) {
      double sum = real[i] + imaginary[i];
      double difference = real[i] - imaginary[i];
      first[i] = sum * sum;
      last[i] = difference * difference;
    }
  }

  /** Leaves twice the bin and twice the conjugate of the mirrored one in place of the two. */
  private void untangle(int k, int mirrored, int count) {
    double rootReal = rootRe[k];
    double rootImaginary = rootIm[k];
    double[] ar = re[k];
    double[] ai = im[k];
    double[] br = re[mirrored];
    double[] bi = im[mirrored];
    for (int i = 0; i < count; i++) {
      double sumRe = ar[i] + br[i];
      double sumIm = ai[i] + bi[i];
      double differenceRe = ar[i] - br[i];
      double differenceIm = ai[i] - bi[i];
      double turnedRe = rootReal * sumIm + rootImaginary * differenceRe;
      double turnedIm = rootImaginary * sumIm - rootReal * differenceRe;
      ar[i] = sumRe + turnedRe;
      ai[i] = turnedIm + differenceIm;
      br[i] = sumRe - turnedRe;
      bi[i] = turnedIm - differenceIm;
    }
  }

  private void square(int k, double scale, int count, double[] power) {
    double[] real = re[k];
    double[] imaginary = im[k];
    for (int i = 0; i < count; i++) {
      power[i] = scale * (real[i] * real[i] + imaginary[i] * imaginary[i]);
    }
  }

  private static int[] factors(int n) {
    int[] found = new int[Integer.SIZE];
    int count = 0;
    int rest = n;
    for (int factor = 4; rest > 1; factor = next(factor)) {
      while (rest % factor == 0) {
        found[count++] = factor;
        rest /= factor;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** 4, 2, 3, 5, 7, 9 ...; composites after 4 never divide what is left. */
  private static int next(int factor) {
    return switch (factor) {
      case 4 -> 2;
      case 2 -> 3;
      default -> factor + 2;
    };
  }
}
