package io.maie.edge.asr.whisper;

import io.maie.edge.audio.Waveform;

/**
 * The steps of the decoder that may be spent on a window: at most {@link #TIMES} times those that
 * the window costs undisturbed, all attempts, chunks and calls of the encoder together. That is a
 * call of the encoder for each chunk that the window fills, and the tokens of ordinary speech. What
 * it takes to hear the rest of the window once is set aside, so that no trouble uses it up; only
 * where the language changes, such first hearings may need more. Not thread-safe.
 *
 * <p>Words and languages are told with a few steps for each chunk, which are not counted.
 */
final class StepBudget {
  /** The cost of encoding a chunk, in steps of the decoder. */
  static final int ENCODER_STEPS = 100;

  private static final int TIMES = 3;

  /** Tokens of ordinary speech. */
  private static final int STEPS_PER_SECOND = 6;

  private final WhisperShape shape;
  private final Attempt first;
  private final long all;
  private long spent;

  /**
   * A budget of which nothing is spent.
   *
   * @param samples of the window
   * @param first the attempt that every chunk begins with
   */
  StepBudget(long samples, WhisperShape shape, Attempt first) {
    this.shape = shape;
    this.first = first;
    long chunks = (samples + shape.chunkSamples() - 1) / shape.chunkSamples();
    all = TIMES * (chunks * ENCODER_STEPS + first.cost(usualSteps(samples)));
  }

  /** Steps for ordinary speech of that length. */
  static int usualSteps(long samples) {
    return (int) (STEPS_PER_SECOND * samples / Waveform.SAMPLE_RATE);
  }

  /** Takes what a chunk has cost. */
  void spend(long steps) {
    spent += steps;
  }

  /**
   * Steps for further attempts at a chunk: what is left of its own share, and of the window's.
   *
   * @param samples of the chunk
   * @param cost of the chunk until now, its encoding included
   * @param rest samples of the window behind the chunk
   */
  int spare(long samples, long cost, long rest) {
    long own = TIMES * (ENCODER_STEPS + first.cost(usualSteps(samples))) - cost;
    return (int) Math.max(0, Math.min(own, left(cost, rest)));
  }

  /**
   * Returns whether what follows in the window can be heard.
   *
   * @param cost of the chunk that was heard last
   * @param rest samples of the window that follow, which may begin in that chunk
   */
  boolean covers(long cost, long rest) {
    return left(cost, rest) >= 0;
  }

  private long left(long cost, long rest) {
    return all - spent - cost - once(rest);
  }

  /** The most that it takes to hear a stretch once. */
  private long once(long samples) {
    long chunk = shape.chunkSamples();
    return samples / chunk * onceChunk(chunk) + onceChunk(samples % chunk);
  }

  private long onceChunk(long samples) {
    return samples < WhisperShape.HOP
        ? 0
        : ENCODER_STEPS + first.cost(ChunkTask.mostTokens(samples, shape));
  }
}
