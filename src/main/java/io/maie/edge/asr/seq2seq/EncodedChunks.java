package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;

/**
 * Hidden states of chunks of audio, in native memory.
 *
 * @param states shape, from {@code offset} on: ({@code chunks}, {@code frames}, {@code width})
 * @param offset elements before the first chunk
 * @param frames positions of the encoder's output, of each chunk
 * @param width size of a hidden state
 */
public record EncodedChunks(TensorMemory states, long offset, int chunks, int frames, int width) {

  /** Chunks that begin where {@code states} begins. */
  public EncodedChunks(TensorMemory states, int chunks, int frames, int width) {
    this(states, 0, chunks, frames, width);
  }

  /** All chunks, shape (chunks, encoder frames, width); the caller closes the tensor. */
  public Tensor all() throws ProcessingException {
    return states.tensorAt(offset, chunks, frames, width);
  }

  /** Neighbouring chunks, in the same memory. */
  public EncodedChunks range(RowRange range) {
    return new EncodedChunks(states, offset + range.first() * size(), range.count(), frames, width);
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
    return new EncodedChunks(states, start, 1, stretch.count(), width);
  }

  private long size() {
    return (long) frames * width;
  }
}
