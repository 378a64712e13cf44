package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** A graph whose attentions are fused, as those of most models are opened. */
public final class FusedGraph {
  private FusedGraph() {}

  public static byte[] of(Path model) throws IOException {
    return LeanGraph.of(model, Set.of(LeanGraph.Change.FUSED_ATTENTIONS));
  }
}
