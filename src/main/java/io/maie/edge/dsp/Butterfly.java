package io.maie.edge.dsp;

/**
 * Transforms of a few points, as parts of a longer one. A point is a row: the same complex number
 * of each of the frames side by side.
 */
final class Butterfly {
  /*
   * Each loop goes over a few whole small arrays with one index: only such loops does the compiler
   * of Java 17 turn into vector instructions, and of those not all. It leaves alone those with many
   * arrays or statements (the second half of five points takes twice the time in one loop), and
   * some that differ only in the order of their terms. So measure a loop that is changed.
   *
   * Five points are taken as sums and differences of those that mirror each other; what comes of
   * the sums needs only one multiplication that is not by 1/4 [1].
   *
   * [1] S. Winograd, On computing the discrete Fourier transform, Mathematics of Computation 32
   * (1978).
   */
  private static final double SIN_72 = Math.sin(2 * Math.PI / 5);
  private static final double SIN_144 = Math.sin(4 * Math.PI / 5);

  /** Half the difference of cos 72 and cos 144 degrees; half their sum is -1/4. */
  private static final double HALF_DIFFERENCE = Math.sqrt(5) / 4;

  /** Rows of the points' real parts. */
  final double[][] re;

  /** Rows of the points' imaginary parts. */
  final double[][] im;

  /** cos and sin of -2 pi k / length, k = 0 ... length - 1. */
  private final double[] rootRe;

  private final double[] rootIm;

  /**
   * Prepares what is needed for a transform.
   *
   * @param length complex samples of the whole transform
   * @param points the most points of one butterfly
   */
  Butterfly(int length, int points) {
    re = new double[points][];
    im = new double[points][];
    rootRe = new double[length];
    rootIm = new double[length];
    fillRoots(length, rootRe, rootIm);
  }

  /** Fills in cos and sin of -2 pi k / {@code length}. */
  static void fillRoots(int length, double[] real, double[] imaginary) {
    for (int k = 0; k < real.length; k++) {
      double angle = -2 * Math.PI * k / length;
      real[k] = Math.cos(angle);
      imaginary[k] = Math.sin(angle);
    }
  }

  /**
   * Multiplies point j by the root of index j * root, then transforms the points.
   *
   * @param points how many
   * @param count frames side by side
   */
  void combine(int points, int root, int count) {
    switch (points) {
      case 2 -> two(0, 1, root, count);
      case 4 -> four(root, count);
      case 5 -> five(root, count);
      default -> any(points, root, count);
    }
  }

  /** Four points as two and two. */
  private void four(int root, int count) {
    two(0, 2, 2 * root, count);
    two(1, 3, 2 * root, count);
    two(0, 1, root, count);
    two(2, 3, root + rootRe.length / 4, count);
    exchange(1, 2);
  }

  private void exchange(int a, int b) {
    double[] wasRe = re[a];
    double[] wasIm = im[a];
    re[a] = re[b];
    im[a] = im[b];
    re[b] = wasRe;
    im[b] = wasIm;
  }

  /** Multiplies a point by a root. */
  private void turn(int point, int root, int count) {
    double real = rootRe[root];
    double imaginary = rootIm[root];
    double[] ar = re[point];
    double[] ai = im[point];
    for (int i = 0; i < count; i++) {
      double x = ar[i];
      double y = ai[i];
      ar[i] = x * real - y * imaginary;
      ai[i] = x * imaginary + y * real;
    }
  }

  /** Multiplies the second of two points by a root, then transforms the two. */
  private void two(int a, int b, int root, int count) {
    double real = rootRe[root];
    double imaginary = rootIm[root];
    double[] ar = re[a];
    double[] ai = im[a];
    double[] br = re[b];
    double[] bi = im[b];
    for (int i = 0; i < count; i++) {
      double x = br[i];
      double y = bi[i];
      double u = ar[i];
      double v = ai[i];
      double turnedRe = x * real - y * imaginary;
      double turnedIm = x * imaginary + y * real;
      ar[i] = u + turnedRe;
      ai[i] = v + turnedIm;
      br[i] = u - turnedRe;
      bi[i] = v - turnedIm;
    }
  }

  /** Five points: outputs that mirror each other are sum and difference of the same two parts. */
  private void five(int root, int count) {
    turn(1, root, count);
    turn(2, 2 * root, count);
    two(1, 4, 4 * root, count);
    two(2, 3, 3 * root, count);
    sums(re, count);
    sums(im, count);
    differences(re, im, 1, count);
    differences(im, re, -1, count);
    // i times a real part is an imaginary one, so these were computed in each other's place
    for (int j = 3; j <= 4; j++) {
      double[] real = im[j];
      im[j] = re[j];
      re[j] = real;
    }
  }

  /** Output 0, and the part of 1 and 4 and of 2 and 3 that comes of sums: the real turns [1]. */
  private static void sums(double[][] rows, int count) {
    double[] a = rows[0];
    double[] b = rows[1];
    double[] c = rows[2];
    for (int i = 0; i < count; i++) {
      double x = a[i];
      double y = b[i];
      double z = c[i];
      double sum = y + z;
      double difference = (y - z) * HALF_DIFFERENCE;
      double middle = x - sum * 0.25;
      a[i] = x + sum;
      b[i] = middle + difference;
      c[i] = middle - difference;
    }
  }

  /** Adds and subtracts the part that comes of differences: the imaginary turns. */
  private static void differences(double[][] to, double[][] from, int sign, int count) {
    double near = sign * SIN_72;
    double far = sign * SIN_144;
    double[] b = to[1];
    double[] c = to[2];
    double[] d = from[3];
    double[] e = from[4];
    for (int i = 0; i < count; i++) {
      double p = e[i] * near + d[i] * far;
      double q = e[i] * far - d[i] * near;
      double u = b[i];
      double v = c[i];
      b[i] = u + p;
      e[i] = u - p;
      c[i] = v + q;
      d[i] = v - q;
    }
  }

  /** Any number of points, by definition, frame by frame. */
  private void any(int points, int root, int count) {
    for (int j = 1; j < points; j++) {
      turn(j, j * root, count);
    }
    double[] wasRe = new double[points];
    double[] wasIm = new double[points];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < points; j++) {
        wasRe[j] = re[j][i];
        wasIm[j] = im[j][i];
      }
      for (int j = 0; j < points; j++) {
        define(j, wasRe, wasIm, i);
      }
    }
  }

  private void define(int bin, double[] pointsRe, double[] pointsIm, int lane) {
    int points = pointsRe.length;
    int step = rootRe.length / points;
    double sumRe = 0;
    double sumIm = 0;
    for (int j = 0; j < points; j++) {
      int root = step * (bin * j % points);
      sumRe += pointsRe[j] * rootRe[root] - pointsIm[j] * rootIm[root];
      sumIm += pointsRe[j] * rootIm[root] + pointsIm[j] * rootRe[root];
    }
    re[bin][lane] = sumRe;
    im[bin][lane] = sumIm;
  }
}
