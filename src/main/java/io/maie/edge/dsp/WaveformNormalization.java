package io.maie.edge.dsp;

/** Scaling of raw samples for models that hear the waveform itself. */
public final class WaveformNormalization {
  /** Keeps silence from dividing by zero; the value is that of wav2vec 2.0's feature extractor. */
  private static final double VARIANCE_GUARD = 1e-7;

  private WaveformNormalization() {}

  /**
   * A copy with mean 0 and variance 1 (the biased one), as wav2vec 2.0's feature extractor makes
   * it.
   *
   * @param samples shape (samples)
   */
  public static float[] zeroMeanUnitVariance(float[] samples) {
    double mean = 0;
    for (float sample : samples) {
      mean += sample;
    }
    mean /= Math.max(1, samples.length);
    double squares = 0;
    for (float sample : samples) {
      squares += (sample - mean) * (sample - mean);
    }
    double scale = 1 / Math.sqrt(squares / Math.max(1, samples.length) + VARIANCE_GUARD);
    float[] normalized = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      normalized[i] = (float) ((samples[i] - mean) * scale);
    }
    return normalized;
  }
}
