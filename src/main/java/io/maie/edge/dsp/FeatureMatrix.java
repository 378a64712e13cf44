package io.maie.edge.dsp;

import static java.util.Objects.requireNonNull;

/**
 * Features of a signal, shape (frames, bands), row-major. The array is shared: whoever holds the
 * matrix may change it.
 */
public final class FeatureMatrix {
  /** Keeps a band of constant energy from dividing by zero; the value is NeMo's. */
  private static final double DEVIATION_GUARD = 1e-5;

  private final float[] values;
  private final int frames;
  private final int bands;

  public FeatureMatrix(float[] values, int frames, int bands) {
    this.values = requireNonNull(values, "values is null");
    this.frames = frames;
    this.bands = bands;
    if (values.length != (long) frames * bands) {
      throw new IllegalArgumentException(
          "expected %d x %d values, found %d".formatted(frames, bands, values.length));
    }
  }

  public int frames() {
    return frames;
  }

  public int bands() {
    return bands;
  }

  /** The values themselves, shape (frames, bands), row-major. */
  public float[] values() {
    return values;
  }

  public float at(int frame, int band) {
    return values[frame * bands + band];
  }

  /** A copy of the values, shape (bands, frames), row-major. */
  public float[] transposed() {
    float[] turned = new float[values.length];
    for (int frame = 0; frame < frames; frame++) {
      for (int band = 0; band < bands; band++) {
        turned[band * frames + frame] = values[frame * bands + band];
      }
    }
    return turned;
  }

  /** Subtracts from each band its mean over all frames, in place. */
  public void centerBands() {
    for (int band = 0; band < bands; band++) {
      double mean = mean(band);
      for (int i = band; i < values.length; i += bands) {
        values[i] = (float) (values[i] - mean);
      }
    }
  }

  private double mean(int band) {
    double sum = 0;
    for (int i = band; i < values.length; i += bands) {
      sum += values[i];
    }
    return sum / frames;
  }

  /**
   * Shifts and scales each band to mean 0 and deviation 1 over all frames, in place. The deviation
   * is the unbiased one plus 1e-5, as NeMo computes it; a single frame becomes all zeros.
   */
  public void normalizeBands() {
    for (int band = 0; band < bands; band++) {
      double mean = mean(band);
      double squares = 0;
      for (int i = band; i < values.length; i += bands) {
        double off = values[i] - mean;
        squares += off * off;
      }
      double deviation = Math.sqrt(squares / Math.max(1, frames - 1)) + DEVIATION_GUARD;
      for (int i = band; i < values.length; i += bands) {
        values[i] = (float) ((values[i] - mean) / deviation);
      }
    }
  }
}
