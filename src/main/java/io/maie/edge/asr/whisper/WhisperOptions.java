package io.maie.edge.asr.whisper;

import java.util.List;
import java.util.Map;

/**
 * Options of decoding with Whisper.
 *
 * @param beamSize hypotheses followed at once at temperature 0, 1 to {@value #MAX_HYPOTHESES}; 1 =
 *     greedy
 * @param bestOf hypotheses drawn at other temperatures, 1 to {@value #MAX_HYPOTHESES}
 * @param temperatures tried in turn until the text looks right; ascending, 0 to 1
 * @param compressionRatioThreshold a text that repeats itself more is decoded again
 * @param logProbabilityThreshold a less likely text is decoded again; at most 0
 * @param noSpeechThreshold above it, an unlikely text is silence; 0 to 1
 * @param conditionOnPrevious whether each chunk is told the text before it
 * @param wordTimes whether words are timed by what the model attends to, if it tells
 * @param batch chunks decoded at once, up to {@value #MAX_BATCH}; 0 = by the size of the model
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

  /** Beyond it more hypotheses only cost. */
  public static final int MAX_HYPOTHESES = 20;

  /** Half an hour of speech. */
  public static final int MAX_BATCH = 64;

  /** The defaults of openai/whisper's command line. */
  public static final WhisperOptions DEFAULTS =
      new WhisperOptions(
          5, 5, List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), 2.4, -1.0, 0.6, false, true, 0);

  public WhisperOptions {
    temperatures = List.copyOf(temperatures);
    require(isCount(beamSize), "a beam of 1 to " + MAX_HYPOTHESES, beamSize);
    require(isCount(bestOf), "the best of 1 to " + MAX_HYPOTHESES, bestOf);
    require(isLadder(temperatures), "ascending temperatures from 0 to 1", temperatures);
    require(
        compressionRatioThreshold >= 0,
        "a compression ratio of 0 or more",
        compressionRatioThreshold);
    require(logProbabilityThreshold <= 0, "a log-probability up to 0", logProbabilityThreshold);
    require(
        noSpeechThreshold >= 0 && noSpeechThreshold <= 1,
        "a probability of 0 to 1",
        noSpeechThreshold);
    require(batch >= 0 && batch <= MAX_BATCH, "a batch of 0 to " + MAX_BATCH, batch);
  }

  private static boolean isCount(int hypotheses) {
    return hypotheses >= 1 && hypotheses <= MAX_HYPOTHESES;
  }

  private static boolean isLadder(List<Double> temperatures) {
    double previous = -1;
    for (double temperature : temperatures) {
      if (!(temperature >= 0 && temperature <= 1 && temperature > previous)) {
        return false;
      }
      previous = temperature;
    }
    return !temperatures.isEmpty();
  }

  private static void require(boolean holds, String expectation, Object found) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expectation + ", found " + found);
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

  /** The same for the least memory: one chunk and one hypothesis at a time. */
  public WhisperOptions sparingMemory() {
    return new WhisperOptions(
        1,
        1,
        temperatures,
        compressionRatioThreshold,
        logProbabilityThreshold,
        noSpeechThreshold,
        conditionOnPrevious,
        wordTimes,
        1);
  }
}
