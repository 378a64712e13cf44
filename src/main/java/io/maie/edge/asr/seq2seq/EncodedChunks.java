package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;
import java.util.OptionalInt;

/**
 * Hidden states of chunks of audio, in native memory.
 *
 * @param states shape, from {@code offset} on: ({@code chunks}, {@code frames}, {@code width})
 * @param offset elements before the first chunk
 * @param frames positions of the encoder's output, of each chunk
 * @param width size of a hidden state
 * @param hearing what was heard in one call of the encoder, and is in the memory until its next one
 */
public record EncodedChunks(
    TensorMemory states, long offset, int chunks, int frames, int width, Object hearing) {

  /** Chunks that begin where {@code states} begins. */
  public EncodedChunks(TensorMemory states, int chunks, int frames, int width) {
    this(states, 0, chunks, frames, width, new Object());
  }

  /** All chunks, shape (chunks, encoder frames, width); the caller closes the tensor. */
  public Tensor all() throws ProcessingException {
    return states.tensorAt(offset, chunks, frames, width);
  }

  /** Neighbouring chunks, in the same memory. */
  public EncodedChunks range(RowRange range) {
    long start = offset + range.first() * size();
    return new EncodedChunks(states, start, range.count(), frames, width, hearing);
  }

  /** One chunk, in the same memory. */
  public EncodedChunks one(int chunk) {
    return range(new RowRange(chunk, 1));
  }

  /**
   * A stretch of one chunk, in the same memory.
   *
   * @param stretch positions of the encoder's output
   */
  public EncodedChunks stretch(int chunk, RowRange stretch) {
    long start = offset + chunk * size() + (long) stretch.first() * width;
    return new EncodedChunks(states, start, 1, stretch.count(), width, new Object());
  }

  /** The place of a chunk among these; empty if it is none of them. */
  OptionalInt placeOf(EncodedChunks one) {
    long place = (one.offset - offset) / size();
    return one.hearing == hearing && place >= 0 && place < chunks
        ? OptionalInt.of(Math.toIntExact(place))
        : OptionalInt.empty();
  }

  private long size() {
    return (long) frames * width;
  }
}
