package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorShape;
import java.util.List;
import java.util.Map;

/**
 * A recurrent predictor and its joiner in two graphs, as sherpa-onnx publishes models of NeMo. The
 * exporter made up some of the names, so that inputs and outputs go by their place.
 */
final class RecurrentNetwork implements TransducerNetwork<RecurrentNetwork.Prediction> {
  private final OnnxModel predictor;
  private final OnnxModel joiner;
  private final int blank;

  RecurrentNetwork(OnnxModel predictor, OnnxModel joiner, int blank) {
    this.predictor = requireNonNull(predictor, "predictor is null");
    this.joiner = requireNonNull(joiner, "joiner is null");
    this.blank = blank;
  }

  /**
   * A prediction.
   *
   * @param values shape (size)
   * @param states after the token that it was made of
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Prediction(float[] values, RecurrentStates states) {}

  @Override
  public Prediction start() throws ProcessingException {
    List<TensorShape> inputs = predictor.inputs();
    return predict(blank, RecurrentStates.zeros(inputs.get(2), inputs.get(3)));
  }

  @Override
  public Prediction after(Prediction before, int token) throws ProcessingException {
    return predict(token, before.states);
  }

  private Prediction predict(int token, RecurrentStates states) throws ProcessingException {
    List<TensorShape> declared = predictor.outputs();
    try (RecurrentStates.Inputs inputs = states.inputs(token, predictor.inputs(), 0);
        Outputs outputs = predictor.run(inputs.tensors())) {
      return new Prediction(
          outputs.floats(declared.get(0).name()),
          RecurrentStates.of(outputs, declared.get(2).name(), declared.get(3).name()));
    }
  }

  @Override
  public float[] join(EncodedFrames frames, int first, int count, Prediction prediction)
      throws ProcessingException {
    List<TensorShape> inputs = joiner.inputs();
    try (Tensor encoded = Tensor.of(frames.columns(first, count), 1, frames.size(), count);
        Tensor predicted = Tensor.of(prediction.values, 1, prediction.values.length, 1);
        Outputs outputs =
            joiner.run(Map.of(inputs.get(0).name(), encoded, inputs.get(1).name(), predicted))) {
      return outputs.floats(joiner.outputs().get(0).name());
    }
  }

  @Override
  public float[] join(EncodedFrames frames, int frame, List<Prediction> predictions)
      throws ProcessingException {
    return EachByItself.join(this, frames, frame, predictions);
  }

  @Override
  public int framesAtOnce() throws ProcessingException {
    return EachByItself.framesAtOnce(joiner);
  }
}
