package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;
import io.maie.edge.onnx.TensorShape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sound to hidden states. Used by one thread at a time. */
final class Encoder {
  private static final String SAMPLES = "input_values";
  private static final String MASK = "attention_mask";
  private static final String HIDDEN_STATE = "last_hidden_state";

  private final OnnxModel model;
  private final int width;
  private @Nullable TensorMemory states;

  /**
   * An encoder, which is opened when it is first used.
   *
   * @param width size of a hidden state
   */
  Encoder(OnnxModel model, int width) {
    this.model = model;
    this.width = width;
  }

  /**
   * Hears samples.
   *
   * @param samples at least {@link EncoderFrames#FIELD_SAMPLES}
   * @return one chunk, valid until the next call
   */
  EncodedChunks encode(float[] samples) throws ProcessingException {
    int frames = EncoderFrames.of(samples.length);
    TensorMemory target = reserve((long) frames * width);
    Map<String, Tensor> inputs = new HashMap<>();
    try (Tensor sound = Tensor.of(samples, 1, samples.length);
        Tensor mask = ones(samples.length);
        Tensor state = target.tensor(1, frames, width)) {
      inputs.put(SAMPLES, sound);
      if (model.inputs().stream().anyMatch(input -> input.name().equals(MASK))) {
        inputs.put(MASK, mask);
      }
      model.runInto(inputs, Map.of(HIDDEN_STATE, state));
    }
    return new EncodedChunks(target, 1, frames, width);
  }

  /** Element type of the hidden states; opens the graph if it is not in memory. */
  ElementType stateType() throws ProcessingException {
    return model.outputs().stream()
        .filter(output -> output.name().equals(HIDDEN_STATE))
        .map(TensorShape::type)
        .findFirst()
        .orElse(ElementType.FLOAT32);
  }

  private static Tensor ones(int count) throws ProcessingException {
    long[] mask = new long[count];
    Arrays.fill(mask, 1);
    return Tensor.of(mask, 1, count);
  }

  private TensorMemory reserve(long needed) throws ProcessingException {
    TensorMemory known = states;
    if (known == null || known.elements() < needed) {
      known = TensorMemory.allocate(stateType(), needed);
      states = known;
    }
    return known;
  }
}
