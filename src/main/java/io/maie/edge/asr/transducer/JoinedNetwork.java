package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent predictor and its joiner in one graph, as NeMo exports them. The predictor runs
 * whenever a frame is joined; its states are taken over only when a token is said.
 */
final class JoinedNetwork implements TransducerNetwork<JoinedNetwork.Prediction> {
  private final OnnxModel model;
  private final int blank;

  JoinedNetwork(OnnxModel model, int blank) {
    this.model = requireNonNull(model, "model is null");
    this.blank = blank;
  }

  /** Inputs of the predictor, and after its run its outputs. */
  static final class Prediction {
    private final int token;
    private final RecurrentStates states;
    private @Nullable RecurrentStates following;

    private Prediction(int token, RecurrentStates states) {
      this.token = token;
      this.states = states;
    }
  }

  @Override
  public Prediction start() throws ProcessingException {
    List<TensorShape> inputs = model.inputs();
    return new Prediction(blank, RecurrentStates.zeros(inputs.get(3), inputs.get(4)));
  }

  @Override
  public Prediction after(Prediction before, int token) {
    RecurrentStates states = before.following;
    if (states == null) {
      throw new IllegalStateException("a prediction is joined before it is gone on from");
    }
    return new Prediction(token, states);
  }

  @Override
  public float[] join(EncodedFrames frames, int first, int count, Prediction prediction)
      throws ProcessingException {
    List<TensorShape> declared = model.outputs();
    try (Tensor encoded = Tensor.of(frames.columns(first, count), 1, frames.size(), count);
        RecurrentStates.Inputs inputs =
            prediction.states.inputs(prediction.token, model.inputs(), 1)) {
      Map<String, Tensor> all = new HashMap<>(inputs.tensors());
      all.put(model.inputs().get(0).name(), encoded);
      try (Outputs outputs = model.run(all)) {
        if (prediction.following == null) {
          prediction.following =
              RecurrentStates.of(outputs, declared.get(2).name(), declared.get(3).name());
        }
        return outputs.floats(declared.get(0).name());
      }
    }
  }

  @Override
  public float[] join(EncodedFrames frames, int frame, List<Prediction> predictions)
      throws ProcessingException {
    return EachByItself.join(this, frames, frame, predictions);
  }

  @Override
  public int framesAtOnce() throws ProcessingException {
    return EachByItself.framesAtOnce(model);
  }
}
