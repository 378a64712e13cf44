package io.maie.edge.audio;

import static java.util.Objects.requireNonNull;

/**
 * Mono samples at 16 kHz in [-1, 1]. The array is shared, not copied: its creator hands it over,
 * and nobody writes to it afterwards.
 */
public final class Waveform {
  /** Samples per second of all audio inside the program. */
  public static final int SAMPLE_RATE = 16_000;

  private static final Waveform EMPTY = new Waveform(new float[0]);

  private final float[] samples;

  private Waveform(float[] samples) {
    this.samples = requireNonNull(samples, "samples is null");
  }

  /** Takes ownership of {@code samples}, shape (samples), in [-1, 1]. */
  public static Waveform of(float[] samples) {
    return samples.length == 0 ? EMPTY : new Waveform(samples);
  }

  /** The samples themselves, shape (samples), in [-1, 1]; not to be written to. */
  public float[] samples() {
    return samples;
  }

  public int length() {
    return samples.length;
  }
}
