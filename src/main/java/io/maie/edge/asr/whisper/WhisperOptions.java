package io.maie.edge.asr.whisper;

import java.util.List;
import java.util.Map;

/**
 * How Whisper decodes.
 *
 * @param beamSize hypotheses followed at once at temperature 0, 1 or more; 1 = greedy
 * @param bestOf hypotheses drawn at other temperatures, 1 or more
 * @param temperatures tried in turn until the text looks right; ascending, 0 to 1
 * @param compressionRatioThreshold a text that repeats itself more is decoded again
 * @param logProbabilityThreshold a less likely text is decoded again
 * @param noSpeechThreshold above it, an unlikely text is silence
 * @param conditionOnPrevious whether each chunk is told the text before it
 * @param wordTimes whether words are timed by what the model attends to, if it tells
 * @param batch chunks decoded at once; 0 = by the size of the model
 */
public record WhisperOptions(
    int beamSize,
    int bestOf,
    List<Double> temperatures,
    double compressionRatioThreshold,
    double logProbabilityThreshold,
    double noSpeechThreshold,
    boolean conditionOnPrevious,
    boolean wordTimes,
    int batch) {

  /** As openai/whisper's command line. */
  public static final WhisperOptions DEFAULTS =
      new WhisperOptions(
          5, 5, List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), 2.4, -1.0, 0.6, false, true, 0);

  public WhisperOptions {
    if (beamSize < 1 || bestOf < 1 || batch < 0) {
      throw new IllegalArgumentException(
          "expected 1 or more beams and samples and a batch of 0 or more, found %d, %d and %d"
              .formatted(beamSize, bestOf, batch));
    }
    temperatures = List.copyOf(temperatures);
    if (temperatures.isEmpty() || temperatures.stream().anyMatch(t -> !(t >= 0 && t <= 1))) {
      throw new IllegalArgumentException("expected temperatures of 0 to 1, found " + temperatures);
    }
  }

  /** By the names of the settings, for the result. */
  Map<String, Object> asParams() {
    return Map.of(
        "beam_size", beamSize,
        "best_of", bestOf,
        "temperatures", temperatures,
        "compression_ratio_threshold", compressionRatioThreshold,
        "logprob_threshold", logProbabilityThreshold,
        "no_speech_threshold", noSpeechThreshold,
        "condition_on_previous_text", conditionOnPrevious,
        "word_timestamps", wordTimes,
        "batch", batch);
  }

  /** The same with another number of beams. */
  WhisperOptions withBeamSize(int beams) {
    return new WhisperOptions(
        beams,
        bestOf,
        temperatures,
        compressionRatioThreshold,
        logProbabilityThreshold,
        noSpeechThreshold,
        conditionOnPrevious,
        wordTimes,
        batch);
  }
}
