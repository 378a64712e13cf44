package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.frames.FeatureLayout;
import io.maie.edge.asr.frames.Features;
import io.maie.edge.asr.frames.FrontEnd;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Samples to encoded frames: the front end, and a graph that hears whole windows. Its first input
 * takes features, its second their number. Used by one thread.
 */
public final class TransducerEncoder {
  private final OnnxModel model;
  private final FrontEnd frontEnd;
  private final FeatureLayout layout;
  private final boolean isColumns;

  /**
   * An encoder.
   *
   * @param layout of the features
   * @param isColumns whether the graph returns (windows, size, frames), not (windows, frames, size)
   */
  public TransducerEncoder(
      OnnxModel model, FrontEnd frontEnd, FeatureLayout layout, boolean isColumns) {
    this.model = requireNonNull(model, "model is null");
    this.frontEnd = requireNonNull(frontEnd, "frontEnd is null");
    this.layout = requireNonNull(layout, "layout is null");
    this.isColumns = isColumns;
  }

  /** Returns whether the graph takes several windows, and says how many frames each has. */
  public boolean takesSeveral() throws ProcessingException {
    List<Long> features = model.inputs().get(0).shape();
    return !features.isEmpty() && features.get(0) < 0 && saysCount();
  }

  /**
   * Listens to a window.
   *
   * @param samples shape (samples), in [-1, 1]
   */
  EncodedFrames encode(float[] samples) throws ProcessingException {
    return encode(List.of(samples)).get(0);
  }

  /**
   * Listens to windows at once.
   *
   * @param windows samples of each, shape (samples), in [-1, 1]; several only if the graph {@link
   *     #takesSeveral}
   * @return the frames of each
   */
  public List<EncodedFrames> encode(List<float[]> windows) throws ProcessingException {
    List<Features> features = new ArrayList<>();
    for (float[] samples : windows) {
      features.add(frontEnd.compute(samples));
    }
    FeatureBatch batch = FeatureBatch.of(features, layout);
    List<TensorShape> declared = model.inputs();
    try (Tensor input = Tensor.of(batch.values(), batch.shape());
        Tensor lengths = lengths(batch.lengths(), declared.get(1));
        Outputs outputs =
            model.run(Map.of(declared.get(0).name(), input, declared.get(1).name(), lengths))) {
      return frames(outputs, windows.size());
    }
  }

  private static Tensor lengths(long[] frames, TensorShape input) throws ProcessingException {
    return input.type() == ElementType.INT32
        ? Tensor.of(Arrays.stream(frames).mapToInt(Math::toIntExact).toArray(), frames.length)
        : Tensor.of(frames, frames.length);
  }

  private List<EncodedFrames> frames(Outputs outputs, int windows) throws ProcessingException {
    String name = model.outputs().get(0).name();
    List<Long> shape = outputs.shape(name);
    if (shape.size() != 3 || shape.get(0) != windows) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected three axes, the first of size %d, found %s: output '%s' of '%s'"
              .formatted(windows, shape, name, model.file()),
          "Correct the manifest to match the model");
    }
    int columns = Math.toIntExact(shape.get(isColumns ? 2 : 1));
    int size = Math.toIntExact(shape.get(isColumns ? 1 : 2));
    int[] counts = counts(outputs, windows, columns);
    float[] all = outputs.floats(name);
    List<EncodedFrames> frames = new ArrayList<>();
    for (int i = 0; i < windows; i++) {
      int from = i * columns * size;
      float[] own = windows == 1 ? all : Arrays.copyOfRange(all, from, from + columns * size);
      frames.add(
          isColumns
              ? EncodedFrames.ofColumns(own, size, columns, counts[i])
              : new EncodedFrames(own, counts[i], size));
    }
    return frames;
  }

  /** The number of valid columns of each window; the model's own count if it returns one. */
  private int[] counts(Outputs outputs, int windows, int columns) throws ProcessingException {
    int[] counts = new int[windows];
    Arrays.fill(counts, columns);
    if (saysCount()) {
      long[] said = outputs.longs(model.outputs().get(1).name());
      for (int i = 0; i < windows; i++) {
        counts[i] = Math.toIntExact(Math.min(columns, said[i]));
      }
    }
    return counts;
  }

  private boolean saysCount() throws ProcessingException {
    List<TensorShape> declared = model.outputs();
    return declared.size() > 1 && declared.get(1).type() == ElementType.INT64;
  }
}
