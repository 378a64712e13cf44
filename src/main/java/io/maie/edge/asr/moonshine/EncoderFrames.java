package io.maie.edge.asr.moonshine;

/**
 * Maps samples to positions of the encoder's output, which is shortened by three convolutions
 * without padding.
 */
final class EncoderFrames {
  /** Samples that one position hears, and so the least that the encoder takes. */
  static final int FIELD_SAMPLES = 895;

  /** Samples between two positions: 24 ms. */
  static final int STRIDE_SAMPLES = 384;

  private EncoderFrames() {}

  /** Positions for a window of {@link #FIELD_SAMPLES} samples or more. */
  static int of(int samples) {
    int first = (samples - 127) / 64 + 1;
    int second = (first - 7) / 3 + 1;
    return (second - 3) / 2 + 1;
  }
}
