package io.maie.edge.diarization.pieces;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ModelUse;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A powerset segmentation model: samples of windows to sets of local speakers. */
final class SegmentationModel {
  private static final ModelUse USE =
      new ModelUse(FailureCode.PROCESSING_ERROR, Integer.MAX_VALUE, true);

  private final OnnxModel model;

  /**
   * The model.
   *
   * @param file opened when first used
   */
  SegmentationModel(OnnxRuntime runtime, String name, Path file) {
    this.model = requireNonNull(runtime, "runtime is null").model(name, file, USE);
  }

  /**
   * Segments windows of one length.
   *
   * @param batch shape (windows, samples), in [-1, 1]
   * @return shape (windows, frames), sets as in {@link Powerset}
   */
  byte[][] segment(float[][] batch) throws ProcessingException {
    int samples = batch[0].length;
    try (Tensor input = Tensor.zeros(batch.length, 1, samples)) {
      for (int i = 0; i < batch.length; i++) {
        input.floats().put(i * samples, batch[i]);
      }
      try (Outputs outputs = model.run(Map.of(model.inputs().get(0).name(), input))) {
        return decode(outputs.tensor(model.outputs().get(0).name()), batch.length);
      }
    }
  }

  /** The log-probabilities of one window, shape (frames, {@value Powerset#CLASSES}). */
  float[] scores(float[] samples) throws ProcessingException {
    try (Tensor input = Tensor.of(samples, 1, 1, samples.length);
        Outputs outputs = model.run(Map.of(model.inputs().get(0).name(), input))) {
      return outputs.floats(model.outputs().get(0).name());
    }
  }

  private byte[][] decode(Tensor output, int windows) throws ProcessingException {
    List<Long> shape = output.shape();
    if (shape.size() != 3 || shape.get(0) != windows || shape.get(2) != Powerset.CLASSES) {
      throw new ProcessingException(
              FailureCode.MODEL_LOAD_ERROR,
              "Expected a segmentation model with "
                  + Powerset.CLASSES
                  + " classes per frame, found the shape "
                  + shape
                  + " in '"
                  + model.file()
                  + "'",
              "Use a pyannote segmentation model of version 3")
          .withDetail("model", model.name());
    }
    float[] scores = output.toFloats();
    int frames = Math.toIntExact(shape.get(1));
    byte[][] masks = new byte[windows][frames];
    for (int window = 0; window < windows; window++) {
      for (int frame = 0; frame < frames; frame++) {
        masks[window][frame] = Powerset.decode(scores, window * frames + frame);
      }
    }
    return masks;
  }
}
