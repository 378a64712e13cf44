package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent predictor and its joiner in one graph, as NeMo exports them. The predictor runs
 * whenever a frame is joined; its states are taken over only when a token is said.
 */
final class JoinedNetwork implements TransducerNetwork<JoinedNetwork.Prediction> {
  private final OnnxModel model;
  private final int blank;

  /** By the number of frames. */
  private final Map<Integer, RepeatedRun> runs = new HashMap<>();

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
    return new Prediction(blank, RecurrentStates.zeros(predictorInputs()));
  }

  /** Behind the encoded frames. */
  private List<TensorShape> predictorInputs() throws ProcessingException {
    List<TensorShape> inputs = model.inputs();
    return inputs.subList(1, inputs.size());
  }

  @Override
  public Prediction after(Prediction before, int token) {
    RecurrentStates states = before.following;
    if (states == null) {
      throw new IllegalStateException(
          "expected a prediction that was joined, found one that was not");
    }
    return new Prediction(token, states);
  }

  @Override
  public float[] join(FrameRange frames, Prediction prediction) throws ProcessingException {
    RepeatedRun run = run(frames.frames().size(), frames.count());
    run.with(model.inputs().get(0).name(), frames.columns());
    prediction.states.put(run, predictorInputs(), prediction.token);
    run.run();
    if (prediction.following == null) {
      prediction.following = RecurrentStates.of(run, model.outputs());
    }
    return run.output(model.outputs().get(0).name());
  }

  private RepeatedRun run(int size, int count) throws ProcessingException {
    RepeatedRun run = runs.get(count);
    if (run == null) {
      List<TensorShape> outputs = model.outputs();
      Map<String, Tensor> inputs = new HashMap<>(RecurrentStates.tensors(predictorInputs()));
      inputs.put(model.inputs().get(0).name(), Tensor.zeros(1, size, count));
      run =
          new RepeatedRun(
              model,
              inputs,
              Set.of(outputs.get(0).name(), outputs.get(2).name(), outputs.get(3).name()));
      runs.put(count, run);
    }
    return run;
  }

  @Override
  public int framesAtOnce() throws ProcessingException {
    return EncodedFrames.perCall(model);
  }

  @Override
  public void close() {
    runs.values().forEach(RepeatedRun::close);
  }
}
