package io.maie.edge.onnx.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs a model as it is in its file, and as it is rewritten, on the same random numbers. */
final class GraphRuns {
  private static final int SEED = 3;

  private GraphRuns() {}

  /** The first output of the file; one shape for each input, in the order of the model. */
  static Output plain(Path model, long[]... shapes) throws OrtException {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
        OrtSession session = environment().createSession(model.toString(), settings)) {
      return run(session, shapes);
    }
  }

  /** The first output of the rewritten model. */
  static Output lean(Path model, long[]... shapes) throws OrtException, IOException {
    return opened(model, FusedGraph.of(model), shapes);
  }

  /** The first output of a graph whose weights are in the file of a model. */
  static Output opened(Path model, byte[] graph, long[]... shapes) throws OrtException {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
      settings.addConfigEntry(
          "session.model_external_initializers_file_folder_path",
          String.valueOf(model.toAbsolutePath().getParent()));
      try (OrtSession session = environment().createSession(graph, settings)) {
        return run(session, shapes);
      }
    }
  }

  /** Counts a text in a model. */
  static int countIn(byte[] graph, String text) {
    return new String(graph, StandardCharsets.ISO_8859_1).split(text, -1).length - 1;
  }

  private static Output run(OrtSession session, long[]... shapes) throws OrtException {
    Random random = new Random(SEED);
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      int next = 0;
      for (String name : session.getInputNames()) {
        inputs.put(name, randomTensor(random, shapes[next++]));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        OnnxTensor tensor = (OnnxTensor) result.get(0);
        FloatBuffer found = tensor.getFloatBuffer();
        float[] values = new float[found.remaining()];
        found.get(values);
        return new Output(Arrays.stream(tensor.getInfo().getShape()).boxed().toList(), values);
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor randomTensor(Random random, long[] shape) throws OrtException {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return OnnxTensor.createTensor(environment(), FloatBuffer.wrap(values), shape);
  }

  private static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "maie-edge");
  }

  /** Outputs of a model. */
  @SuppressWarnings("ArrayRecordComponent") // compared field by field
  record Output(List<Long> shape, float[] values) {}
}
