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
 * A recurrent predictor and its joiner in two graphs, as sherpa-onnx publishes models of NeMo. The
 * exporter made up some of the names, so that inputs and outputs go by their place.
 */
final class RecurrentNetwork implements TransducerNetwork<RecurrentNetwork.Prediction> {
  private final OnnxModel predictor;
  private final OnnxModel joiner;
  private final int blank;
  private @Nullable RepeatedRun prediction;

  /** By the number of frames. */
  private final Map<Integer, RepeatedRun> joins = new HashMap<>();

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
    return predict(blank, RecurrentStates.zeros(predictor.inputs()));
  }

  @Override
  public Prediction after(Prediction before, int token) throws ProcessingException {
    return predict(token, before.states);
  }

  private Prediction predict(int token, RecurrentStates states) throws ProcessingException {
    List<TensorShape> outputs = predictor.outputs();
    RepeatedRun run = prediction;
    if (run == null) {
      run =
          new RepeatedRun(
              predictor,
              RecurrentStates.tensors(predictor.inputs()),
              Set.of(outputs.get(0).name(), outputs.get(2).name(), outputs.get(3).name()));
      prediction = run;
    }
    states.put(run, predictor.inputs(), token);
    run.run();
    return new Prediction(run.output(outputs.get(0).name()), RecurrentStates.of(run, outputs));
  }

  @Override
  public float[] join(FrameRange frames, Prediction prediction) throws ProcessingException {
    String encoded = joiner.inputs().get(0).name();
    String predicted = joiner.inputs().get(1).name();
    String scores = joiner.outputs().get(0).name();
    int count = frames.count();
    RepeatedRun run = joins.get(count);
    if (run == null) {
      Tensor columns = Tensor.zeros(1, frames.frames().size(), count);
      Tensor column = Tensor.zeros(1, prediction.values.length, 1);
      run = new RepeatedRun(joiner, Map.of(encoded, columns, predicted, column), Set.of(scores));
      joins.put(count, run);
    }
    run.with(encoded, frames.columns()).with(predicted, prediction.values).run();
    return run.output(scores);
  }

  @Override
  public int framesAtOnce() throws ProcessingException {
    return EncodedFrames.perCall(joiner);
  }

  @Override
  public void close() {
    if (prediction != null) {
      prediction.close();
    }
    joins.values().forEach(RepeatedRun::close);
  }
}
