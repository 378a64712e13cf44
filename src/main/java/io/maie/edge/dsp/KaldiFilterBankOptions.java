package io.maie.edge.dsp;

import static java.util.Objects.requireNonNull;

/**
 * Kaldi's filter bank features.
 *
 * @param windowLength samples per frame; the transform is the next power of two
 * @param hop samples between frames
 * @param preemphasis share of the previous sample that is subtracted within a frame, 0 to 1
 * @param scale samples in [-1, 1] are multiplied by this first; 32768 for models that were trained
 *     on 16-bit integers
 * @param snipEdges whether all frames lie within the signal; if not, there is a frame for every hop
 *     that is at least half full, and the signal is mirrored at both ends
 */
public record KaldiFilterBankOptions(
    MelBands bands,
    int windowLength,
    int hop,
    WindowFunction window,
    double preemphasis,
    double scale,
    boolean snipEdges) {

  public KaldiFilterBankOptions {
    requireNonNull(bands, "bands is null");
    requireNonNull(window, "window is null");
    if (hop < 1 || windowLength < 2) {
      throw new IllegalArgumentException(
          "expected hop >= 1 and window >= 2, found %d and %d".formatted(hop, windowLength));
    }
    if (!(preemphasis >= 0 && preemphasis <= 1) || !(scale > 0)) {
      throw new IllegalArgumentException(
          "expected pre-emphasis of 0 to 1 and a scale above 0, found %s and %s"
              .formatted(preemphasis, scale));
    }
  }
}
