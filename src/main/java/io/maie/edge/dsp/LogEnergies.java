package io.maie.edge.dsp;

import java.util.function.DoubleUnaryOperator;

/**
 * Computes the logarithms of band energies, several frames side by side. Holds scratch space: one
 * instance per thread.
 */
final class LogEnergies {
  private final FourierTransform transform;
  private final MelFilterBank filters;
  private final DoubleUnaryOperator logarithm;

  /** Shape (samples, frames side by side). */
  private final double[][] block;

  /** Shape (bins, frames side by side). */
  private final double[][] power;

  private final double[] energies = new double[FourierTransform.LANES];

  /** Lays windowed frames side by side. */
  @FunctionalInterface
  interface Frames {
    /**
     * Fills the first {@code count} columns.
     *
     * @param block shape (samples, frames side by side); holds the columns of earlier frames
     * @param first number of the frame in the first column
     */
    void fill(double[][] block, int first, int count);
  }

  /**
   * An instance for frames of one length.
   *
   * @param length samples of the transform
   * @param logarithm natural, of an energy that may be zero
   */
  LogEnergies(int length, MelFilterBank filters, DoubleUnaryOperator logarithm) {
    this.filters = filters;
    this.logarithm = logarithm;
    transform = new FourierTransform(length);
    block = new double[length][FourierTransform.LANES];
    power = new double[transform.bins()][FourierTransform.LANES];
  }

  /**
   * Computes {@code count} frames.
   *
   * @return shape (frames, bands)
   */
  FeatureMatrix compute(int count, Frames frames) {
    int bands = filters.bands();
    float[] values = new float[count * bands];
    for (int t = 0; t < count; t += FourierTransform.LANES) {
      int lanes = Math.min(FourierTransform.LANES, count - t);
      frames.fill(block, t, lanes);
      transform.powerSpectra(block, lanes, power);
      for (int band = 0; band < bands; band++) {
        filters.energies(band, power, lanes, energies);
        for (int lane = 0; lane < lanes; lane++) {
          values[(t + lane) * bands + band] = (float) logarithm.applyAsDouble(energies[lane]);
        }
      }
    }
    return new FeatureMatrix(values, count, bands);
  }
}
