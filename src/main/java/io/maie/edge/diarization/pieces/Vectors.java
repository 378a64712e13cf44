package io.maie.edge.diarization.pieces;

/** Arithmetic on embeddings. */
final class Vectors {
  /** Keeps the zero vector from dividing by zero. */
  private static final double GUARD = 1e-9;

  private Vectors() {}

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** The same direction with length 1; zeros stay zeros. */
  static float[] unit(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    double length = Math.sqrt(squares) + GUARD;
    float[] unit = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  static float[] unit(float[] vector) {
    double[] wide = new double[vector.length];
    addScaled(wide, vector, 1);
    return unit(wide);
  }

  /** Adds {@code factor * vector} to {@code sum}. */
  static void addScaled(double[] sum, float[] vector, double factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * vector[i];
    }
  }
}
