package io.maie.edge.asr.chunkformer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.transducer.RepeatedRun;
import io.maie.edge.asr.transducer.RowJoiner;
import io.maie.edge.asr.transducer.RowNetwork;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The predictor of a ChunkFormer transducer, with states of any kind, and its joiner. The graph
 * takes a token and the states, and returns the prediction and the states in the same order.
 */
final class SteppedNetwork extends RowNetwork<SteppedNetwork.Prediction> {
  private final OnnxModel predictor;
  private final int startToken;
  private @Nullable RepeatedRun prediction;

  SteppedNetwork(OnnxModel predictor, RowJoiner joiner, int startToken) {
    super(joiner);
    this.predictor = requireNonNull(predictor, "predictor is null");
    this.startToken = startToken;
  }

  /**
   * A prediction.
   *
   * @param values shape (size)
   * @param states after the token that it was made of, as the graph takes them
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Prediction(float[] values, List<float[]> states) implements Predicted {}

  @Override
  public Prediction start() throws ProcessingException {
    List<float[]> states = new ArrayList<>();
    for (TensorShape input : stateInputs()) {
      states.add(new float[elements(input)]);
    }
    return predict(startToken, states);
  }

  @Override
  public Prediction after(Prediction before, int token) throws ProcessingException {
    return predict(token, before.states);
  }

  private List<TensorShape> stateInputs() throws ProcessingException {
    List<TensorShape> inputs = predictor.inputs();
    return inputs.subList(1, inputs.size());
  }

  /** In a batch of one. */
  private static long[] shape(TensorShape input) {
    return input.shape().stream().mapToLong(size -> Math.max(1, size)).toArray();
  }

  private static int elements(TensorShape input) {
    long elements = 1;
    for (long size : shape(input)) {
      elements *= size;
    }
    return Math.toIntExact(elements);
  }

  private Prediction predict(int token, List<float[]> states) throws ProcessingException {
    RepeatedRun run = prediction;
    if (run == null) {
      run = newRun();
      prediction = run;
    }
    run.with(predictor.inputs().get(0).name(), token);
    List<TensorShape> declared = stateInputs();
    for (int i = 0; i < declared.size(); i++) {
      run.with(declared.get(i).name(), states.get(i));
    }
    run.run();
    List<float[]> all = new ArrayList<>();
    for (TensorShape output : predictor.outputs()) {
      all.add(run.output(output.name()));
    }
    return new Prediction(all.get(0), List.copyOf(all.subList(1, all.size())));
  }

  private RepeatedRun newRun() throws ProcessingException {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(predictor.inputs().get(0).name(), Tensor.of(new long[1], 1, 1));
    for (TensorShape input : stateInputs()) {
      inputs.put(input.name(), Tensor.zeros(shape(input)));
    }
    return new RepeatedRun(
        predictor,
        inputs,
        predictor.outputs().stream().map(TensorShape::name).collect(Collectors.toSet()));
  }

  @Override
  public void close() {
    if (prediction != null) {
      prediction.close();
    }
    super.close();
  }
}
