package io.maie.edge.dsp;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

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
      double mean = mean(band, frames);
      for (int i = band; i < values.length; i += bands) {
        values[i] = (float) (values[i] - mean);
      }
    }
  }

  /** Over the first {@code counted} frames. */
  private double mean(int band, int counted) {
    double sum = 0;
    for (int frame = 0; frame < counted; frame++) {
      sum += at(frame, band);
    }
    return sum / counted;
  }

  /**
   * Shifts and scales each band to mean 0 and deviation 1 over all frames, in place. The deviation
   * is the unbiased one plus 1e-5, as NeMo computes it; a single frame becomes all zeros.
   */
  public void normalizeBands() {
    normalizeBands(frames);
  }

  /**
   * The same over the first {@code counted} frames; the others become zeros.
   *
   * @param counted 0 to {@link #frames}
   */
  public void normalizeBands(int counted) {
    for (int band = 0; band < bands; band++) {
      double mean = mean(band, counted);
      double squares = 0;
      for (int frame = 0; frame < counted; frame++) {
        double off = at(frame, band) - mean;
        squares += off * off;
      }
      double deviation = Math.sqrt(squares / Math.max(1, counted - 1)) + DEVIATION_GUARD;
      for (int frame = 0; frame < counted; frame++) {
        int i = frame * bands + band;
        values[i] = (float) ((values[i] - mean) / deviation);
      }
    }
    Arrays.fill(values, counted * bands, values.length, 0);
  }

  /**
   * Features of a lower frame rate, as FunASR and sherpa-onnx 2.0.1 compute them: {@code count}
   * frames side by side, around every {@code shift}-th frame; beyond the ends the first and the
   * last frame are repeated.
   *
   * @return shape (frames / shift, rounded up; count x bands)
   */
  public FeatureMatrix stacked(int count, int shift) {
    int rows = (frames + shift - 1) / shift;
    float[] stacked = new float[rows * count * bands];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < count; i++) {
        int frame = row * shift + i - (count - 1) / 2;
        int inside = Math.max(0, Math.min(frame, frames - 1));
        System.arraycopy(values, inside * bands, stacked, (row * count + i) * bands, bands);
      }
    }
    return new FeatureMatrix(stacked, rows, count * bands);
  }

  /**
   * Adds to each band and multiplies it then, in place.
   *
   * @param offsets shape (bands)
   * @param factors shape (bands)
   */
  public void shiftAndScale(float[] offsets, float[] factors) {
    for (int i = 0; i < values.length; i++) {
      int band = i % bands;
      values[i] = (values[i] + offsets[band]) * factors[band];
    }
  }
}
