package io.maie.edge.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;

/** Graphs whose weights ONNX Runtime has computed and stored as 32-bit floats. */
public final class FoldedGraph {
  private FoldedGraph() {}

  /** Writes a graph that computes its weights, such as from halves, with the weights themselves. */
  public static void write(Path graph, Path target) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.BASIC_OPT);
      options.setOptimizedModelFilePath(target.toString());
      OrtEnvironment.getEnvironment().createSession(graph.toString(), options).close();
    }
  }
}
