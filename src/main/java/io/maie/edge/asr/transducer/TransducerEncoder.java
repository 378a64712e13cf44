package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.frames.FeatureLayout;
import io.maie.edge.asr.frames.Features;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorShape;
import java.util.List;
import java.util.Map;

/** Samples to encoded frames: the front end and the encoder's graph. Used by one thread. */
final class TransducerEncoder {
  private final OnnxModel model;
  private final TransducerSettings settings;

  TransducerEncoder(OnnxModel model, TransducerSettings settings) {
    this.model = requireNonNull(model, "model is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /**
   * Listens to a window.
   *
   * @param samples shape (samples), in [-1, 1]
   */
  EncodedFrames encode(float[] samples) throws ProcessingException {
    Features features = settings.frontEnd().compute(samples);
    List<TensorShape> declared = model.inputs();
    try (Tensor input = Tensor.of(features.values(), features.shape());
        Tensor length = length(features.length(), declared.get(1));
        Outputs outputs =
            model.run(Map.of(declared.get(0).name(), input, declared.get(1).name(), length))) {
      return frames(outputs);
    }
  }

  private static Tensor length(long frames, TensorShape input) throws ProcessingException {
    return input.type() == ElementType.INT32
        ? Tensor.of(new int[] {Math.toIntExact(frames)}, 1)
        : Tensor.of(new long[] {frames}, 1);
  }

  private EncodedFrames frames(Outputs outputs) throws ProcessingException {
    List<TensorShape> declared = model.outputs();
    String name = declared.get(0).name();
    List<Long> shape = outputs.shape(name);
    if (shape.size() != 3 || shape.get(0) != 1) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected three axes, the first of size 1, found %s: output '%s' of '%s'"
              .formatted(shape, name, model.file()),
          "Correct the manifest to match the model");
    }
    boolean isColumns = settings.layout() == FeatureLayout.BANDS_FRAMES;
    int columns = Math.toIntExact(shape.get(isColumns ? 2 : 1));
    int size = Math.toIntExact(shape.get(isColumns ? 1 : 2));
    int count = Math.min(columns, count(outputs, columns));
    float[] values = outputs.floats(name);
    return isColumns
        ? EncodedFrames.ofColumns(values, size, columns, count)
        : new EncodedFrames(values, count, size);
  }

  /** The number of valid columns; the model's own count if it returns one. */
  private int count(Outputs outputs, int columns) throws ProcessingException {
    List<TensorShape> declared = model.outputs();
    boolean isSaid = declared.size() > 1 && declared.get(1).type() == ElementType.INT64;
    return isSaid ? Math.toIntExact(outputs.longs(declared.get(1).name())[0]) : columns;
  }
}
