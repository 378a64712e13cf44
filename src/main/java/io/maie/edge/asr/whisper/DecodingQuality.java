package io.maie.edge.asr.whisper;

import io.maie.edge.transcript.DecodingScores;

/** openai/whisper's judgement of a decoded chunk by its scores ({@code transcribe.py}). */
enum DecodingQuality {
  /** Take it. */
  GOOD,
  /** Decode again at a higher temperature. */
  AGAIN,
  /** Nothing was said. */
  SILENCE;

  static DecodingQuality of(DecodingScores scores, WhisperOptions options) {
    boolean unlikely = scores.averageLogProbability() < options.logProbabilityThreshold();
    boolean quiet = scores.noSpeechProbability() > options.noSpeechThreshold();
    if (quiet && unlikely) {
      return SILENCE;
    }
    boolean repetitive = scores.compressionRatio() > options.compressionRatioThreshold();
    return repetitive || unlikely ? AGAIN : GOOD;
  }

  /**
   * Returns whether a chunk is passed over as silence. Differs from {@link #of} for the one score
   * that is neither above nor below its threshold.
   */
  static boolean isSilence(DecodingScores scores, WhisperOptions options) {
    return scores.noSpeechProbability() > options.noSpeechThreshold()
        && scores.averageLogProbability() <= options.logProbabilityThreshold();
  }
}
