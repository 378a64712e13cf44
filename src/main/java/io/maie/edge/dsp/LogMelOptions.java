package io.maie.edge.dsp;

import static java.util.Objects.requireNonNull;

/**
 * A log-mel front end.
 *
 * @param transformLength samples per transform, at least {@code windowLength}
 * @param windowLength samples that are weighted; centred in the transform
 * @param hop samples between frames
 * @param preemphasis share of the previous sample that is subtracted, 0 to 1
 * @param logOffset added to each energy before the natural logarithm, above 0
 */
public record LogMelOptions(
    MelBands bands,
    MelScale scale,
    MelNorm norm,
    int transformLength,
    int windowLength,
    int hop,
    WindowFunction window,
    FramePadding padding,
    double preemphasis,
    double logOffset) {

  public LogMelOptions {
    requireNonNull(bands, "bands is null");
    requireNonNull(scale, "scale is null");
    requireNonNull(norm, "norm is null");
    requireNonNull(window, "window is null");
    requireNonNull(padding, "padding is null");
    if (hop < 1 || windowLength < 2 || transformLength < windowLength) {
      throw new IllegalArgumentException(
          "expected hop >= 1 and 2 <= window <= transform, found %d, %d, %d"
              .formatted(hop, windowLength, transformLength));
    }
    if (!(preemphasis >= 0 && preemphasis <= 1)) {
      throw new IllegalArgumentException("expected pre-emphasis of 0 to 1, found " + preemphasis);
    }
    if (!(logOffset > 0)) {
      throw new IllegalArgumentException("expected a log offset above 0, found " + logOffset);
    }
  }
}
