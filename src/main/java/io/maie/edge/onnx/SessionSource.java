package io.maie.edge.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.maie.edge.onnx.graph.LeanGraph;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a model's file as the graph that needs the least memory and computes the same. */
final class SessionSource {
  private static final Logger LOG = LoggerFactory.getLogger(SessionSource.class);

  /** Where weights are that a model in memory refers to. */
  private static final String WEIGHTS_FOLDER =
      "session.model_external_initializers_file_folder_path";

  private SessionSource() {}

  /** On the graphics processor as the file is; on the CPU rewritten, if that works. */
  static OrtSession open(
      OrtEnvironment environment, Path file, Device device, OrtSession.SessionOptions settings)
      throws OrtException {
    if (device == Device.CPU) {
      try {
        return lean(environment, file, settings);
      } catch (IOException | OrtException e) {
        // whatever is wrong with the file itself, opening it as it is tells
        LOG.debug("A model is not rewritten; it is opened as it is file={}", file, e);
      }
    }
    return environment.createSession(file.toString(), settings);
  }

  private static OrtSession lean(
      OrtEnvironment environment, Path file, OrtSession.SessionOptions settings)
      throws IOException, OrtException {
    // weights may not lie outside of the folder, and a file that is a link does
    Path real = file.toRealPath();
    // elsewhere ONNX Runtime's attention holds all scores too, in more memory than the exporter's
    byte[] graph =
        SecondCache.isKnown() ? LeanGraph.of(real) : LeanGraph.withAttentionsInParts(real);
    settings.addConfigEntry(WEIGHTS_FOLDER, real.resolveSibling("").toString());
    return environment.createSession(graph, settings);
  }
}
