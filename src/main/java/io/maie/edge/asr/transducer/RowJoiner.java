package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A joiner that takes frames and predictions as rows, as icefall and ChunkFormer export it: the
 * first input has shape (rows, encoder's size), the second (rows, predictor's size), the output
 * (rows, tokens), or each an axis of 1 behind the rows. Owns native memory.
 */
public final class RowJoiner implements AutoCloseable {
  private final OnnxModel model;

  /** By the number of rows. */
  private final Map<Integer, RepeatedRun> runs = new HashMap<>();

  public RowJoiner(OnnxModel model) {
    this.model = requireNonNull(model, "model is null");
  }

  /** Scores of several frames after the same prediction, shape (count, tokens). */
  public float[] join(FrameRange frames, float[] prediction) throws ProcessingException {
    int count = frames.count();
    float[] predictions = new float[count * prediction.length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(prediction, 0, predictions, i * prediction.length, prediction.length);
    }
    return join(frames.rows(), count, predictions);
  }

  /** Scores of one frame after several predictions, shape (predictions, tokens). */
  public float[] join(EncodedFrames frames, int frame, List<float[]> predictions)
      throws ProcessingException {
    int count = predictions.size();
    int size = predictions.get(0).length;
    float[] all = new float[count * size];
    for (int i = 0; i < count; i++) {
      System.arraycopy(predictions.get(i), 0, all, i * size, size);
    }
    return join(frames.repeated(frame, count), count, all);
  }

  private float[] join(float[] rows, int count, float[] predictions) throws ProcessingException {
    String encoded = model.inputs().get(0).name();
    String predicted = model.inputs().get(1).name();
    String scores = model.outputs().get(0).name();
    RepeatedRun run = runs.get(count);
    if (run == null) {
      Tensor frames = Tensor.zeros(shape(0, count, rows.length / count));
      Tensor tokens = Tensor.zeros(shape(1, count, predictions.length / count));
      run = new RepeatedRun(model, Map.of(encoded, frames, predicted, tokens), Set.of(scores));
      runs.put(count, run);
    }
    run.with(encoded, rows).with(predicted, predictions).run();
    return run.output(scores);
  }

  private long[] shape(int input, int rows, int size) throws ProcessingException {
    return model.inputs().get(input).shape().size() == 2
        ? new long[] {rows, size}
        : new long[] {rows, 1, size};
  }

  @Override
  public void close() {
    runs.values().forEach(RepeatedRun::close);
  }
}
