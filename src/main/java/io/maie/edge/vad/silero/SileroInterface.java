package io.maie.edge.vad.silero;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.TensorShape;
import java.util.List;

/**
 * The inputs and outputs by which the versions of the family differ. All take {@code input}, shape
 * (1, samples), and {@code sr}, the sample rate; all return first the probability, shape (1, 1),
 * then the next state.
 */
enum SileroInterface {
  /** Version 5 and later: one state of shape (2, 1, 128), and context before the new samples. */
  V5(128),
  /** Version 4: an LSTM's output and cell state, each of shape (2, 1, 64); no context. */
  V4(64);

  static final String INPUT = "input";
  static final String SAMPLE_RATE = "sr";

  private final long stateSize;

  SileroInterface(long stateSize) {
    this.stateSize = stateSize;
  }

  /** Names of the inputs that carry the state; the outputs after the first answer them in order. */
  List<String> stateNames() {
    return switch (this) {
      case V5 -> List.of("state");
      case V4 -> List.of("h", "c");
    };
  }

  /** Shape of each state: (layers and directions, batch, size). */
  long[] stateShape() {
    return new long[] {2, 1, stateSize};
  }

  /**
   * Recognises the interface by the names of the inputs.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if the model is none of the family
   */
  static SileroInterface of(OnnxModel model) throws ProcessingException {
    List<String> inputs = model.inputs().stream().map(TensorShape::name).toList();
    for (SileroInterface candidate : values()) {
      boolean hasAll = inputs.contains(INPUT) && inputs.containsAll(candidate.stateNames());
      if (hasAll && model.outputs().size() == 1 + candidate.stateNames().size()) {
        return candidate;
      }
    }
    throw new ProcessingException(
            FailureCode.MODEL_LOAD_ERROR,
            "Expected a Silero model with the inputs 'input' and 'state', or 'input', 'h' and 'c',"
                + " found "
                + inputs
                + " in '"
                + model.file()
                + "'",
            "Put a Silero VAD model of version 4 or later into the folder of this model")
        .withDetail("model", model.name());
  }
}
