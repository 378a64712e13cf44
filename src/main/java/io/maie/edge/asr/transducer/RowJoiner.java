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
 * A joiner that takes frames and predictions as rows, as icefall and ChunkFormer export it: the
 * first input has shape (rows, encoder's size), the second (rows, predictor's size), the output
 * (rows, tokens).
 */
public final class RowJoiner {
  private final OnnxModel model;

  public RowJoiner(OnnxModel model) {
    this.model = requireNonNull(model, "model is null");
  }

  /** Scores of several frames after the same prediction, shape (count, tokens). */
  public float[] join(EncodedFrames frames, int first, int count, float[] prediction)
      throws ProcessingException {
    float[] predictions = new float[count * prediction.length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(prediction, 0, predictions, i * prediction.length, prediction.length);
    }
    return join(new EncodedFrames(frames.rows(first, count), count, frames.size()), predictions);
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
    return join(new EncodedFrames(frames.repeated(frame, count), count, frames.size()), all);
  }

  private float[] join(EncodedFrames rows, float[] predictions) throws ProcessingException {
    List<TensorShape> inputs = model.inputs();
    int count = rows.count();
    try (Tensor encoded = Tensor.of(rows.values(), count, rows.size());
        Tensor predicted = Tensor.of(predictions, count, predictions.length / count);
        Outputs outputs =
            model.run(Map.of(inputs.get(0).name(), encoded, inputs.get(1).name(), predicted))) {
      return outputs.floats(model.outputs().get(0).name());
    }
  }
}
