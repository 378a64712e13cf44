package io.maie.edge.asr.frames;

/** Turns the samples of a window into what the model takes. Used by one thread at a time. */
@FunctionalInterface
public interface FrontEnd {

  /**
   * Computes the model's input.
   *
   * @param samples shape (samples), in [-1, 1]
   */
  Features compute(float[] samples);
}
