package io.maie.edge.asr.seq2seq;

import io.maie.edge.onnx.Tensor;
import java.util.Map;

/**
 * The sound of one chunk as a decoder takes it.
 *
 * @param states hidden states of the encoder, shape (1, encoder frames, width)
 * @param past what an earlier prompt made of them, keys and values of every layer, under the names
 *     of inputs; empty if it is to be computed
 * @param present the same tensors under the names of outputs
 */
public record HeardSound(Tensor states, Map<String, Tensor> past, Map<String, Tensor> present) {

  public HeardSound {
    past = Map.copyOf(past);
    present = Map.copyOf(present);
  }

  /** Hidden states of which nothing else is known. */
  public static HeardSound of(Tensor states) {
    return new HeardSound(states, Map.of(), Map.of());
  }
}
