package io.maie.edge.asr.frames;

/**
 * A model's input.
 *
 * @param values row-major
 * @param shape its axes, beginning with a batch of one
 * @param length the number of its frames or samples
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Features(float[] values, long[] shape, long length) {

  /** The same features, with {@code count} as the number for the model. */
  Features counted(long count) {
    return new Features(values, shape, count);
  }
}
