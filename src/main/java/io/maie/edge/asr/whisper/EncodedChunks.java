package io.maie.edge.asr.whisper;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;

/**
 * Hidden states of chunks of audio, in native memory.
 *
 * @param states shape (at least {@code chunks}, encoder frames, width)
 */
record EncodedChunks(TensorMemory states, int chunks, WhisperShape shape) {

  /** All of them, shape (chunks, encoder frames, width); to be closed by the caller. */
  Tensor all() throws ProcessingException {
    return states.tensor(chunks, shape.encoderFrames(), shape.width());
  }

  /** The first one alone, in the same memory. */
  EncodedChunks first() {
    return new EncodedChunks(states, 1, shape);
  }

  /** One of them, shape (1, encoder frames, width); to be closed by the caller. */
  Tensor one(int chunk) throws ProcessingException {
    return states.tensorAt(chunk * size(), 1, shape.encoderFrames(), shape.width());
  }

  /**
   * Some of them, which take the place of the first ones: this value is used up.
   *
   * @param chosen ascending
   */
  EncodedChunks keep(int... chosen) {
    for (int i = 0; i < chosen.length; i++) {
      states.copy(chosen[i] * size(), states, i * size(), size());
    }
    return new EncodedChunks(states, chosen.length, shape);
  }

  private long size() {
    return (long) shape.encoderFrames() * shape.width();
  }
}
