package io.maie.edge.asr;

/**
 * How speech regions are packed into windows.
 *
 * @param maxWindowSamples no window is longer; what the model was trained on, or has room for
 * @param maxPauseSamples a pause between two regions of a window is shortened to this; the parts
 *     next to the regions stay
 */
public record WindowRules(long maxWindowSamples, long maxPauseSamples) {

  public WindowRules {
    if (maxWindowSamples < 2 || maxPauseSamples < 0) {
      throw new IllegalArgumentException(
          "expected a window of 2 samples or more and a pause of 0 or more, found %d and %d"
              .formatted(maxWindowSamples, maxPauseSamples));
    }
  }
}
