package io.maie.edge.dsp;

import java.util.Arrays;

/**
 * The discrete Fourier transform of real frames of one fixed length. Holds scratch space: one
 * instance per thread.
 */
public final class FourierTransform {
  /*
   * An even length n is computed as a complex transform of length n/2 over (even, odd) pairs, then
   * untangled; an odd length as a complex transform with zero imaginary part. The complex transform
   * is Stockham's self-sorting algorithm with mixed radices: each pass reads one buffer and writes
   * the other, so no reordering is needed. A factor r costs r*r multiplications per butterfly; 2, 4
   * and 5 are written out. Large primes are thus slow (quadratic) but right.
   *
   * [1] P. N. Swarztrauber, FFT algorithms for vector computers, Parallel Computing 1 (1984).
   * [2] W. H. Press et al., Numerical Recipes, section "FFT of real functions".
   */
  private static final double COS_72 = Math.cos(2 * Math.PI / 5);
  private static final double COS_144 = Math.cos(4 * Math.PI / 5);
  private static final double SIN_72 = Math.sin(2 * Math.PI / 5);
  private static final double SIN_144 = Math.sin(4 * Math.PI / 5);

  private final int length;
  private final int half;
  private final boolean even;
  private final int[] factors;

  /** cos and sin of -2 pi k / half, k = 0 ... half - 1. */
  private final double[] rootRe;

  private final double[] rootIm;

  /** cos and sin of -2 pi k / length, k = 0 ... length / 2. */
  private final double[] realRootRe;

  private final double[] realRootIm;

  private double[] re;
  private double[] im;
  private double[] otherRe;
  private double[] otherIm;

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
    rootRe = roots(half, half, true);
    rootIm = roots(half, half, false);
    realRootRe = roots(length, length / 2 + 1, true);
    realRootIm = roots(length, length / 2 + 1, false);
    re = new double[half];
    im = new double[half];
    otherRe = new double[half];
    otherIm = new double[half];
  }

  public int length() {
    return length;
  }

  /** Number of frequencies from zero to Nyquist: {@code length / 2 + 1}. */
  public int bins() {
    return length / 2 + 1;
  }

  /**
   * Computes squared magnitudes.
   *
   * @param frame shape (length), not changed
   * @param power shape (bins), overwritten; bin k is at k / length of the sample rate
   */
  public void powerSpectrum(double[] frame, double[] power) {
    transform(frame);
    if (even) {
      untanglePower(power);
      return;
    }
    for (int k = 0; k < bins(); k++) {
      power[k] = squared(re[k], im[k]);
    }
  }

  /** Bins that mirror each other are made of the same sums, so they are computed together. */
  private void untanglePower(double[] power) {
    power[0] = squared(re[0] + im[0], 0);
    power[half] = squared(re[0] - im[0], 0);
    for (int k = 1; k <= half / 2; k++) {
      int mirrored = half - k;
      double sumRe = re[k] + re[mirrored];
      double sumIm = im[k] + im[mirrored];
      double differenceRe = re[k] - re[mirrored];
      double differenceIm = im[k] - im[mirrored];
      double turnedRe = realRootRe[k] * sumIm + realRootIm[k] * differenceRe;
      double turnedIm = realRootIm[k] * sumIm - realRootRe[k] * differenceRe;
      power[k] = 0.25 * squared(sumRe + turnedRe, turnedIm + differenceIm);
      power[mirrored] = 0.25 * squared(sumRe - turnedRe, turnedIm - differenceIm);
    }
  }

  private static double squared(double real, double imaginary) {
    return real * real + imaginary * imaginary;
  }

  /**
   * Computes the spectrum from zero to Nyquist.
   *
   * @param frame shape (length), not changed
   * @param real shape (bins), overwritten
   * @param imaginary shape (bins), overwritten
   */
  public void spectrum(double[] frame, double[] real, double[] imaginary) {
    transform(frame);
    for (int k = 0; k < bins(); k++) {
      real[k] = binRe(k);
      imaginary[k] = binIm(k);
    }
  }

  private void transform(double[] frame) {
    if (frame.length != length) {
      throw new IllegalArgumentException("expected " + length + " samples, found " + frame.length);
    }
    for (int k = 0; k < half; k++) {
      re[k] = even ? frame[2 * k] : frame[k];
      im[k] = even ? frame[2 * k + 1] : 0;
    }
    int remaining = half;
    int stride = 1;
    for (int radix : factors) {
      remaining /= radix;
      pass(radix, remaining, stride);
      swap();
      stride *= radix;
    }
  }

  private void pass(int radix, int remaining, int stride) {
    switch (radix) {
      case 2 -> passOfTwo(remaining, stride);
      case 4 -> passOfFour(remaining, stride);
      case 5 -> passOfFive(remaining, stride);
      default -> passOfAny(radix, remaining, stride);
    }
  }

  private void passOfTwo(int remaining, int stride) {
    for (int p = 0; p < remaining; p++) {
      double wr = rootRe[p * stride];
      double wi = rootIm[p * stride];
      for (int q = 0; q < stride; q++) {
        int a = q + stride * p;
        int b = a + stride * remaining;
        int to = q + stride * 2 * p;
        double dr = re[a] - re[b];
        double di = im[a] - im[b];
        otherRe[to] = re[a] + re[b];
        otherIm[to] = im[a] + im[b];
        otherRe[to + stride] = dr * wr - di * wi;
        otherIm[to + stride] = dr * wi + di * wr;
      }
    }
  }

  private void passOfFour(int remaining, int stride) {
    int apart = stride * remaining;
    for (int p = 0; p < remaining; p++) {
      int root = p * stride;
      for (int q = 0; q < stride; q++) {
        int a = q + stride * p;
        int b = a + apart;
        int c = b + apart;
        int d = c + apart;
        int to = q + stride * 4 * p;
        double acr = re[a] + re[c];
        double aci = im[a] + im[c];
        double amcr = re[a] - re[c];
        double amci = im[a] - im[c];
        double bdr = re[b] + re[d];
        double bdi = im[b] + im[d];
        double bmdr = re[b] - re[d];
        double bmdi = im[b] - im[d];
        otherRe[to] = acr + bdr;
        otherIm[to] = aci + bdi;
        store(to + stride, amcr + bmdi, amci - bmdr, root);
        store(to + 2 * stride, acr - bdr, aci - bdi, 2 * root);
        store(to + 3 * stride, amcr - bmdi, amci + bmdr, 3 * root);
      }
    }
  }

  private void passOfFive(int remaining, int stride) {
    int apart = stride * remaining;
    for (int p = 0; p < remaining; p++) {
      int root = p * stride;
      for (int q = 0; q < stride; q++) {
        int a = q + stride * p;
        int b = a + apart;
        int c = b + apart;
        int d = c + apart;
        int e = d + apart;
        int to = q + stride * 5 * p;
        double ber = re[b] + re[e];
        double bei = im[b] + im[e];
        double cdr = re[c] + re[d];
        double cdi = im[c] + im[d];
        double bmer = re[b] - re[e];
        double bmei = im[b] - im[e];
        double cmdr = re[c] - re[d];
        double cmdi = im[c] - im[d];
        double nearRe = re[a] + COS_72 * ber + COS_144 * cdr;
        double nearIm = im[a] + COS_72 * bei + COS_144 * cdi;
        double farRe = re[a] + COS_144 * ber + COS_72 * cdr;
        double farIm = im[a] + COS_144 * bei + COS_72 * cdi;
        double nearTurnRe = SIN_72 * bmei + SIN_144 * cmdi;
        double nearTurnIm = SIN_72 * bmer + SIN_144 * cmdr;
        double farTurnRe = SIN_144 * bmei - SIN_72 * cmdi;
        double farTurnIm = SIN_144 * bmer - SIN_72 * cmdr;
        otherRe[to] = re[a] + ber + cdr;
        otherIm[to] = im[a] + bei + cdi;
        store(to + stride, nearRe + nearTurnRe, nearIm - nearTurnIm, root);
        store(to + 2 * stride, farRe + farTurnRe, farIm - farTurnIm, 2 * root);
        store(to + 3 * stride, farRe - farTurnRe, farIm + farTurnIm, 3 * root);
        store(to + 4 * stride, nearRe - nearTurnRe, nearIm + nearTurnIm, 4 * root);
      }
    }
  }

  private void passOfAny(int radix, int remaining, int stride) {
    int apart = stride * remaining;
    int step = half / radix;
    for (int p = 0; p < remaining; p++) {
      for (int q = 0; q < stride; q++) {
        int from = q + stride * p;
        int to = q + stride * radix * p;
        for (int j = 0; j < radix; j++) {
          double sumRe = 0;
          double sumIm = 0;
          for (int k = 0; k < radix; k++) {
            int root = step * (j * k % radix);
            int at = from + k * apart;
            sumRe += re[at] * rootRe[root] - im[at] * rootIm[root];
            sumIm += re[at] * rootIm[root] + im[at] * rootRe[root];
          }
          store(to + j * stride, sumRe, sumIm, p * j * stride);
        }
      }
    }
  }

  /** Stores a value turned by the root of index {@code root}. */
  private void store(int to, double real, double imaginary, int root) {
    otherRe[to] = real * rootRe[root] - imaginary * rootIm[root];
    otherIm[to] = real * rootIm[root] + imaginary * rootRe[root];
  }

  private void swap() {
    double[] wasRe = re;
    double[] wasIm = im;
    re = otherRe;
    im = otherIm;
    otherRe = wasRe;
    otherIm = wasIm;
  }

  private double binRe(int k) {
    if (!even) {
      return re[k];
    }
    int a = k == half ? 0 : k;
    int b = k == 0 ? 0 : half - k;
    return 0.5
        * (re[a] + re[b] + realRootRe[k] * (im[a] + im[b]) + realRootIm[k] * (re[a] - re[b]));
  }

  private double binIm(int k) {
    if (!even) {
      return im[k];
    }
    int a = k == half ? 0 : k;
    int b = k == 0 ? 0 : half - k;
    return 0.5
        * (im[a] - im[b] + realRootIm[k] * (im[a] + im[b]) - realRootRe[k] * (re[a] - re[b]));
  }

  private static double[] roots(int of, int count, boolean cosine) {
    double[] roots = new double[count];
    for (int k = 0; k < count; k++) {
      double angle = -2 * Math.PI * k / of;
      roots[k] = cosine ? Math.cos(angle) : Math.sin(angle);
    }
    return roots;
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
