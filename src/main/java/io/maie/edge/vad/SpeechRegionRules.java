package io.maie.edge.vad;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How speech probabilities become speech regions.
 *
 * @param threshold probability from which speech begins, 0 to 1
 * @param minSpeech shorter regions are dropped
 * @param minSilence a pause must last this long to end a region
 * @param maxSpeech longer regions are split; null = never
 * @param padding added on both sides of each region
 */
public record SpeechRegionRules(
    double threshold,
    Duration minSpeech,
    Duration minSilence,
    @Nullable Duration maxSpeech,
    Duration padding) {

  public SpeechRegionRules {
    requireNonNull(minSpeech, "minSpeech is null");
    requireNonNull(minSilence, "minSilence is null");
    requireNonNull(padding, "padding is null");
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("expected a threshold of 0 to 1, found " + threshold);
    }
  }

  /** These rules with another threshold. */
  public SpeechRegionRules withThreshold(double newThreshold) {
    return new SpeechRegionRules(newThreshold, minSpeech, minSilence, maxSpeech, padding);
  }
}
