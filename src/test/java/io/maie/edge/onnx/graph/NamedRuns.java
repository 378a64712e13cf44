package io.maie.edge.onnx.graph;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs a model on random numbers that depend on nothing but the names and shapes of its inputs. */
final class NamedRuns {
  /** Positions of the text that a decoder has read, or is to read. */
  static final int LENGTH = 3;

  /** Heads where a model does not say how many. */
  private static final int HEADS = 2;

  /** Positions of the audio. */
  static final int FRAMES = 5;

  private NamedRuns() {}

  /** All outputs of the file as it is. */
  static Map<String, Output> plain(Path model, boolean useCache) throws OrtException {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
        OrtSession session = environment().createSession(model.toString(), settings)) {
      return run(session, useCache);
    }
  }

  /** All outputs of a graph whose weights are in the file of a model. */
  static Map<String, Output> opened(Path model, byte[] graph, boolean useCache)
      throws OrtException {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
      settings.addConfigEntry(
          "session.model_external_initializers_file_folder_path",
          String.valueOf(model.toAbsolutePath().getParent()));
      try (OrtSession session = environment().createSession(graph, settings)) {
        return run(session, useCache);
      }
    }
  }

  private static Map<String, Output> run(OrtSession session, boolean useCache) throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      for (NodeInfo input : session.getInputInfo().values()) {
        TensorInfo info = (TensorInfo) input.getInfo();
        inputs.put(input.getName(), tensor(input.getName(), info, useCache));
      }
      Map<String, Output> outputs = new LinkedHashMap<>();
      try (OrtSession.Result result = session.run(inputs)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          outputs.put(output.getKey(), Output.of((OnnxTensor) output.getValue()));
        }
      }
      return outputs;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(String name, TensorInfo info, boolean useCache)
      throws OrtException {
    long[] shape = shape(name, info.getShape(), useCache);
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    Random random = new Random(name.hashCode());
    return switch (info.type) {
      case BOOL -> OnnxTensor.createTensor(environment(), new boolean[] {useCache});
      case INT64 ->
          OnnxTensor.createTensor(
              environment(), LongBuffer.wrap(random.longs(size, 0, 20).toArray()), shape);
      case FLOAT16 ->
          OnnxTensor.createTensor(environment(), halves(random, size), shape, OnnxJavaType.FLOAT16);
      default ->
          OnnxTensor.createTensor(environment(), FloatBuffer.wrap(floats(name, size)), shape);
    };
  }

  /** The numbers of an input of 32-bit floats. */
  static float[] floats(String input, int size) {
    Random random = new Random(input.hashCode());
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** From 1 to 2. */
  private static ShortBuffer halves(Random random, int size) {
    short[] values = new short[size];
    for (int i = 0; i < size; i++) {
      values[i] = (short) (0x3c00 + random.nextInt(0x400));
    }
    return ShortBuffer.wrap(values);
  }

  /**
   * Sizes that only a run knows: one row, and lengths as above; a decoder with a cache reads one
   * token.
   */
  private static long[] shape(String name, long[] declared, boolean useCache) {
    long[] shape = declared.clone();
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] <= 0) {
        boolean audio = name.contains("encoder") || name.equals("hidden");
        shape[axis] = axis == 0 ? 1 : axis == shape.length - 3 ? HEADS : audio ? FRAMES : LENGTH;
      }
    }
    if (name.equals("input_ids") && useCache) {
      shape[1] = 1;
    }
    return shape;
  }

  private static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "maie-edge");
  }

  /** Outputs of a model. */
  @SuppressWarnings("ArrayRecordComponent") // compared field by field
  record Output(List<Long> shape, float[] values) {
    private static Output of(OnnxTensor tensor) {
      FloatBuffer found = tensor.getFloatBuffer();
      float[] values = new float[found.remaining()];
      found.get(values);
      return new Output(Arrays.stream(tensor.getInfo().getShape()).boxed().toList(), values);
    }

    /** The sums over the last axis. */
    float[] sums() {
      int last = shape.get(shape.size() - 1).intValue();
      float[] sums = new float[values.length / last];
      for (int i = 0; i < values.length; i++) {
        sums[i / last] += values[i];
      }
      return sums;
    }
  }
}
