package io.maie.edge.vad;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Rules by which speech probabilities become speech regions; the parameters of Silero's {@code
 * get_speech_timestamps}.
 *
 * @param threshold probability from which speech begins, 0 to 1
 * @param negativeThreshold probability below which a pause begins, at most {@code threshold}; empty
 *     = {@value #HYSTERESIS} below it
 * @param minSpeech regions that are not longer are dropped
 * @param minSilence a pause must last this long to end a region
 * @param maxSpeech longer regions are split, at their longest pause if there is one; null = never
 * @param minSilenceAtMaxSpeech pauses that are not longer are no place for such a split
 * @param padding added on both sides of each region; half of the gap where it is smaller than two
 */
public record SpeechRegionRules(
    double threshold,
    OptionalDouble negativeThreshold,
    Duration minSpeech,
    Duration minSilence,
    @Nullable Duration maxSpeech,
    Duration minSilenceAtMaxSpeech,
    Duration padding) {

  /** Distance of the negative threshold below the threshold in the reference. */
  static final double HYSTERESIS = 0.15;

  /** The lowest negative threshold that is derived. */
  private static final double LOWEST_NEGATIVE = 0.01;

  /** Longest pause inside a region that the reference tolerates when it looks for a split. */
  private static final Duration REFERENCE_SPLIT_PAUSE = Duration.ofMillis(98);

  /** The reference's defaults. */
  public static final SpeechRegionRules DEFAULTS =
      new SpeechRegionRules(
          0.5, Duration.ofMillis(250), Duration.ofMillis(100), null, Duration.ofMillis(30));

  public SpeechRegionRules {
    requireNonNull(negativeThreshold, "negativeThreshold is null");
    requireNonNull(minSpeech, "minSpeech is null");
    requireNonNull(minSilence, "minSilence is null");
    requireNonNull(minSilenceAtMaxSpeech, "minSilenceAtMaxSpeech is null");
    requireNonNull(padding, "padding is null");
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("expected a threshold of 0 to 1, found " + threshold);
    }
    if (negativeThreshold.orElse(0) > threshold) {
      throw new IllegalArgumentException(
          "expected a negative threshold of at most "
              + threshold
              + ", found "
              + negativeThreshold.orElse(0));
    }
  }

  /** Rules with the reference's values for the rest. */
  public SpeechRegionRules(
      double threshold,
      Duration minSpeech,
      Duration minSilence,
      @Nullable Duration maxSpeech,
      Duration padding) {
    this(
        threshold,
        OptionalDouble.empty(),
        minSpeech,
        minSilence,
        maxSpeech,
        REFERENCE_SPLIT_PAUSE,
        padding);
  }

  /** These rules with another threshold, and the negative one that belongs to it. */
  public SpeechRegionRules withThreshold(double newThreshold) {
    return newThreshold == threshold
        ? this
        : new SpeechRegionRules(
            newThreshold,
            OptionalDouble.empty(),
            minSpeech,
            minSilence,
            maxSpeech,
            minSilenceAtMaxSpeech,
            padding);
  }

  /** The negative threshold that holds, given or derived. */
  public double effectiveNegativeThreshold() {
    return negativeThreshold.orElse(Math.max(threshold - HYSTERESIS, LOWEST_NEGATIVE));
  }
}
