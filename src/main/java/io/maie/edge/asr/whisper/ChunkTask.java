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

  /** Cost of encoding a chunk, in steps of the decoder. */
  private static final int ENCODER_STEPS = 100;

  /** Ordinary speech. */
  private static final int STEPS_PER_SECOND = 6;

  ChunkTask {
    tries = List.copyOf(tries);
  }

  LanguageTry first() {
    return tries.get(0);
  }

  double seconds() {
    return (double) samples.length / Waveform.SAMPLE_RATE;
  }

  int frames() {
    return samples.length / WhisperShape.HOP;
  }

  /** Tokens of the longest text: half of the decoder's positions, as openai/whisper, or fewer. */
  int maxTokens(WhisperShape shape, Prompt prompt) {
    int bySound = LEAST_TOKENS + (int) Math.ceil(TOKENS_PER_SECOND * seconds());
    int byModel = Math.min(shape.maxLength() / 2, shape.maxLength() - prompt.tokens().size());
    return Math.max(1, Math.min(bySound, byModel));
  }

  /** Steps of the decoder that may be spent on second thoughts: twice the undisturbed clip. */
  int spareSteps() {
    return (int) (2 * (ENCODER_STEPS + STEPS_PER_SECOND * seconds()));
  }
}
