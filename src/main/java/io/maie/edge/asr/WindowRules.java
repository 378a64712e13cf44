package io.maie.edge.asr;

import io.maie.edge.audio.Waveform;

/**
 * Rules by which speech regions are packed into windows.
 *
 * @param maxWindowSamples no window is longer; what the model was trained on, or has room for
 * @param maxPauseSamples a pause between two regions of a window is shortened to this; the parts
 *     next to the regions stay
 * @param maxUncutSamples a region up to this length is not cut: one that is longer than a window
 *     has a longer window to itself; at least {@code maxWindowSamples}
 */
public record WindowRules(long maxWindowSamples, long maxPauseSamples, long maxUncutSamples) {
  /** Pause that most models keep between two regions of one window: 0.5 s. */
  public static final long USUAL_PAUSE_SAMPLES = Waveform.SAMPLE_RATE / 2;

  public WindowRules {
    if (maxWindowSamples < 2 || maxPauseSamples < 0) {
      throw new IllegalArgumentException(
          "expected a window of 2 samples or more and a pause of 0 or more, found %d and %d"
              .formatted(maxWindowSamples, maxPauseSamples));
    }
    if (maxUncutSamples < maxWindowSamples) {
      throw new IllegalArgumentException(
          "expected uncut regions of %d samples or more, found %d"
              .formatted(maxWindowSamples, maxUncutSamples));
    }
  }

  /** Rules by which a region that is longer than a window is cut. */
  public WindowRules(long maxWindowSamples, long maxPauseSamples) {
    this(maxWindowSamples, maxPauseSamples, maxWindowSamples);
  }
}
