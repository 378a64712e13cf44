package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;

/**
 * Hidden states of chunks of audio, in native memory.
 *
 * @param states shape (at least {@code chunks}, {@code frames}, {@code width})
 * @param frames positions of the encoder's output, of each chunk
 * @param width size of a hidden state
 */
public record EncodedChunks(TensorMemory states, int chunks, int frames, int width) {

  /** All of them, shape (chunks, encoder frames, width); to be closed by the caller. */
  public Tensor all() throws ProcessingException {
    return states.tensor(chunks, frames, width);
  }

  /** The first one alone, in the same memory. */
  public EncodedChunks first() {
    return new EncodedChunks(states, 1, frames, width);
  }

  /** One of them, shape (1, encoder frames, width); to be closed by the caller. */
  public Tensor one(int chunk) throws ProcessingException {
    return states.tensorAt(chunk * size(), 1, frames, width);
  }

  /**
   * Some of them, which take the place of the first ones: this value is used up.
   *
   * @param chosen ascending
   */
  public EncodedChunks keep(int... chosen) {
    for (int i = 0; i < chosen.length; i++) {
      states.copy(chosen[i] * size(), states, i * size(), size());
    }
    return new EncodedChunks(states, chosen.length, frames, width);
  }

  private long size() {
    return (long) frames * width;
  }
}
