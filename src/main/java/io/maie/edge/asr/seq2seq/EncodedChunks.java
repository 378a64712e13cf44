package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;

/**
 * Hidden states of chunks of audio, in native memory.
 *
 * @param states from {@code offset} on shape ({@code chunks}, {@code frames}, {@code width})
 * @param offset elements before the first chunk
 * @param frames positions of the encoder's output, of each chunk
 * @param width size of a hidden state
 */
public record EncodedChunks(TensorMemory states, long offset, int chunks, int frames, int width) {

  /** Chunks from the beginning of {@code states} on. */
  public EncodedChunks(TensorMemory states, int chunks, int frames, int width) {
    this(states, 0, chunks, frames, width);
  }

  /** All of them, shape (chunks, encoder frames, width); to be closed by the caller. */
  public Tensor all() throws ProcessingException {
    return states.tensorAt(offset, chunks, frames, width);
  }

  /** Some that lie together, in the same memory. */
  public EncodedChunks range(RowRange range) {
    return new EncodedChunks(states, offset + range.first() * size(), range.count(), frames, width);
  }

  /** One of them alone, in the same memory. */
  public EncodedChunks one(int chunk) {
    return range(new RowRange(chunk, 1));
  }

  /**
   * A stretch of one of them, in the same memory.
   *
   * @param stretch positions of the encoder's output
   */
  public EncodedChunks stretch(int chunk, RowRange stretch) {
    long start = offset + chunk * size() + (long) stretch.first() * width;
    return new EncodedChunks(states, start, 1, stretch.count(), width);
  }

  private long size() {
    return (long) frames * width;
  }
}
