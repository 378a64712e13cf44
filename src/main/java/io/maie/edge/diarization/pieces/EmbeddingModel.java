package io.maie.edge.diarization.pieces;

import static java.util.Objects.requireNonNull;

import io.maie.edge.diarization.pieces.OnlyInput.Sizes;
import io.maie.edge.dsp.FeatureMatrix;
import io.maie.edge.dsp.KaldiFilterBank;
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

/** A speaker embedding model over a filter bank: samples to a vector of the voice. */
final class EmbeddingModel {
  /** Fewer frames give no embedding. */
  private static final int FEWEST_FRAMES = 15;

  private static final ModelUse USE =
      new ModelUse(FailureCode.PROCESSING_ERROR, Integer.MAX_VALUE, true);

  private static final long BANDS = 80;
  private static final OnlyInput INPUT =
      new OnlyInput(
          "a speaker embedding model that takes 80 filter bank energies per frame",
          List.of(Sizes.from(1), Sizes.from(FEWEST_FRAMES), Sizes.exactly(BANDS)));

  private final OnnxModel model;
  private final KaldiFilterBank filterBank;

  /**
   * The model.
   *
   * @param file opened when first used
   */
  EmbeddingModel(OnnxRuntime runtime, String name, Path file, EmbeddingOptions options) {
    this.model = requireNonNull(runtime, "runtime is null").model(name, file, USE);
    this.filterBank = new KaldiFilterBank(options.filterBank());
  }

  /**
   * Compares the input that the graph declares.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it takes something else than energies
   */
  void requireInput() throws ProcessingException {
    INPUT.require(model);
  }

  /** The features of a signal, shape (frames, bands), before the mean is subtracted. */
  FeatureMatrix features(float[] samples) {
    return filterBank.compute(samples);
  }

  /**
   * The embedding of a signal.
   *
   * @param samples shape (samples), in [-1, 1], of one voice
   * @return shape (dimensions), length 1; zeros if the signal is too short
   */
  float[] embed(float[] samples) throws ProcessingException {
    return embed(features(samples));
  }

  /**
   * The embedding of features.
   *
   * @param features shape (frames, bands), of one voice; the mean per band is subtracted in place
   * @return shape (dimensions), length 1; zeros if there are too few frames
   */
  float[] embed(FeatureMatrix features) throws ProcessingException {
    return features.frames() < FEWEST_FRAMES
        ? new float[dimensions()]
        : Vectors.unit(raw(features));
  }

  /** Returns the embedding as the model gives it; subtracts the mean of each band in place. */
  float[] raw(FeatureMatrix features) throws ProcessingException {
    features.centerBands();
    try (Tensor input = Tensor.of(features.values(), 1, features.frames(), features.bands());
        Outputs outputs = model.run(Map.of(model.inputs().get(0).name(), input))) {
      float[] embedding = outputs.floats(model.outputs().get(0).name());
      if (embedding.length != dimensions()) {
        throw wrongShape();
      }
      return embedding;
    }
  }

  int dimensions() throws ProcessingException {
    var shape = model.outputs().get(0).shape();
    long last = shape.isEmpty() ? -1 : shape.get(shape.size() - 1);
    if (last < 1) {
      throw wrongShape();
    }
    return Math.toIntExact(last);
  }

  private ProcessingException wrongShape() throws ProcessingException {
    return new ProcessingException(
            FailureCode.MODEL_LOAD_ERROR,
            "Expected a speaker embedding model with one vector of fixed length per run, found the"
                + " output "
                + model.outputs().get(0)
                + " in '"
                + model.file()
                + "'",
            "Use a model such as CAM++ that takes 80 filter bank energies per frame")
        .withDetail("model", model.name());
  }
}
