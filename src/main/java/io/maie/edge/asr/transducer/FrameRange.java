package io.maie.edge.asr.transducer;

/**
 * Consecutive frames of an encoder's output.
 *
 * @param first index of the first of them
 * @param count their number, 1 or more
 */
public record FrameRange(EncodedFrames frames, int first, int count) {

  /** Their numbers, shape (count, size). */
  float[] rows() {
    return frames.rows(first, count);
  }

  /** Their numbers, shape (size, count). */
  float[] columns() {
    return frames.columns(first, count);
  }
}
