package io.maie.edge.diarization.pieces;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.Waveform;
import io.maie.edge.diarization.pieces.OnlyInput.Sizes;
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
import java.util.Optional;

/** A powerset segmentation model: samples of windows to sets of local speakers. */
final class SegmentationModel {
  private static final ModelUse USE =
      new ModelUse(FailureCode.PROCESSING_ERROR, Integer.MAX_VALUE, true);

  private static final OnlyInput INPUT =
      new OnlyInput(
          "a segmentation model that takes samples [windows, 1, samples]",
          List.of(Sizes.from(1), Sizes.exactly(1), Sizes.from(Waveform.SAMPLE_RATE)));

  private final OnnxModel model;
  private final Optional<Powerset> declared;

  /**
   * The model.
   *
   * @param file opened when first used
   * @param declared what its classes are; empty = told by their number
   */
  SegmentationModel(OnnxRuntime runtime, String name, Path file, Optional<Powerset> declared) {
    this.model = requireNonNull(runtime, "runtime is null").model(name, file, USE);
    this.declared = requireNonNull(declared, "declared is null");
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
        return decode(outputs.tensor(model.outputs().get(0).name()), batch);
      }
    }
  }

  /**
   * Compares the input that the graph declares.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it takes something else than samples
   */
  void requireInput() throws ProcessingException {
    INPUT.require(model);
  }

  private byte[][] decode(Tensor output, float[][] batch) throws ProcessingException {
    List<Long> shape = output.shape();
    int windows = batch.length;
    int frames = FrameGrid.framesOf(batch[0].length);
    boolean fits = shape.size() == 3 && shape.get(0) == windows && shape.get(1) == frames;
    Powerset powerset =
        Optional.of(shape)
            .filter(any -> fits)
            .flatMap(any -> powerset(Math.toIntExact(shape.get(2))))
            .orElseThrow(() -> wrongShape(shape, List.of(windows, frames)));
    float[] scores = output.toFloats();
    byte[][] masks = new byte[windows][frames];
    for (int window = 0; window < windows; window++) {
      for (int frame = 0; frame < frames; frame++) {
        masks[window][frame] = powerset.decode(scores, window * frames + frame);
      }
    }
    return masks;
  }

  private Optional<Powerset> powerset(int classes) {
    return declared.isPresent()
        ? declared.filter(powerset -> powerset.classes() == classes)
        : Powerset.ofClasses(classes);
  }

  private ProcessingException wrongShape(List<Long> found, List<Integer> expected) {
    return new ProcessingException(
            FailureCode.MODEL_LOAD_ERROR,
            "Expected a segmentation model with the output [%d, %d, %s], found %s in '%s'"
                .formatted(
                    expected.get(0),
                    expected.get(1),
                    declared
                        .map(powerset -> Integer.toString(powerset.classes()))
                        .orElse("7 or 11"),
                    found,
                    model.file()),
            "Use a pyannote segmentation model of version 3")
        .withDetail("model", model.name());
  }
}
