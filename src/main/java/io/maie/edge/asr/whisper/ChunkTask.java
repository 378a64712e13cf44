package io.maie.edge.asr.whisper;

import io.maie.edge.audio.Waveform;
import java.util.List;

/**
 * A chunk to be decoded.
 *
 * @param track index of the window that it belongs to
 * @param samples at least one frame of the spectrogram
 * @param end its end
 * @param tries languages to hear it in: the chosen one, then others that may be right
 * @param seed for sampling; depends on nothing but the place in the recording
 */
@SuppressWarnings("ArrayRecordComponent")
record ChunkTask(int track, float[] samples, ChunkEnd end, List<LanguageTry> tries, long seed) {
  /** Tokens that the shortest sound may have. */
  private static final int LEAST_TOKENS = 16;

  /** No language needs more for a second of fast speech, those spelled by bytes included. */
  private static final int TOKENS_PER_SECOND = 25;

  ChunkTask {
    tries = List.copyOf(tries);
  }

  LanguageTry first() {
    return tries.get(0);
  }

  int frames() {
    return samples.length / WhisperShape.HOP;
  }

  /** Tokens of the longest text: half of the decoder's positions, as openai/whisper, or fewer. */
  int maxTokens(WhisperShape shape, Prompt prompt) {
    int room = shape.maxLength() - prompt.tokens().size();
    return Math.max(1, Math.min(mostTokens(samples.length, shape), room));
  }

  /** The same for sound of that length, whatever its prompt. */
  static int mostTokens(long samples, WhisperShape shape) {
    long bySound = LEAST_TOKENS + (TOKENS_PER_SECOND * samples - 1) / Waveform.SAMPLE_RATE + 1;
    return (int) Math.min(bySound, shape.maxLength() / 2);
  }

  /** Tokens that an attempt must have room for: fewer hold no ordinary text. */
  int leastRoom(WhisperShape shape) {
    int usual = LEAST_TOKENS + StepBudget.usualSteps(samples.length);
    return Math.min(usual, mostTokens(samples.length, shape));
  }
}
