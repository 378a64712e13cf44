package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the nodes of a graph that nobody needs any more, as others are replaced. ONNX Runtime
 * itself drops nothing that is not needed.
 */
final class DeadNodes {
  private final GraphIndex graph;

  /** The uses of each tensor, by graphs inside this one and by the caller too. */
  private final Map<String, Integer> uses = new HashMap<>();

  /** Replacements of nodes; an empty list for those that are not needed. */
  private final Map<WireField, List<WireMessage>> replacements;

  private DeadNodes(GraphIndex graph, Map<WireField, List<WireMessage>> replacements) {
    this.graph = graph;
    this.replacements = replacements;
  }

  /**
   * Counts who uses what.
   *
   * @param replacements where nodes that are not needed are replaced by nothing
   */
  static DeadNodes in(GraphIndex graph, Map<WireField, List<WireMessage>> replacements)
      throws IOException {
    DeadNodes dead = new DeadNodes(graph, replacements);
    graph.outputs().forEach(dead::use);
    for (GraphNode node : graph.nodes()) {
      node.inputs().forEach(dead::use);
      for (WireField inner : node.graphs()) {
        graph.inside(inner).mentioned().forEach(dead::use);
      }
    }
    return dead;
  }

  /** One node more uses a tensor. */
  void use(String tensor) {
    uses.merge(tensor, 1, Integer::sum);
  }

  /** One node less uses a tensor. */
  void release(String tensor) {
    if (uses.merge(tensor, -1, Integer::sum) == 0) {
      graph.producer(tensor).filter(this::isIdle).ifPresent(this::drop);
    }
  }

  private boolean isIdle(GraphNode node) {
    return !node.hasSubgraph()
        && node.outputs().stream().allMatch(o -> uses.getOrDefault(o, 0) == 0);
  }

  private void drop(GraphNode node) {
    replacements.put(node.field(), List.of());
    node.inputs().forEach(this::release);
  }
}
