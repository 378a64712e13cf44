package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells which 32-bit floats may lie at an address that is no multiple of four: those that only
 * operators use whose code in ONNX Runtime moves them with instructions for any address, be it to
 * copy rows or to pack weights for a product. In general compiled code may rely on aligned numbers.
 */
final class UnalignedReaders {
  private static final Set<String> OPERATORS = Set.of("MatMul", "Gemm", "Gather", "Conv");

  private static final String CALLER = "";

  /** By the tensor, the operators that use it, in graphs inside this one too. */
  private final Map<String, Set<String>> users = new HashMap<>();

  /** Looks through a graph and those inside it. */
  void read(WireFile file, WireField graph) throws IOException {
    GraphIndex index = GraphIndex.read(file, graph);
    index.outputs().forEach(output -> add(output, CALLER));
    for (GraphNode node : index.nodes()) {
      node.inputs().forEach(input -> add(input, node.type()));
      for (WireField inner : node.graphs()) {
        read(file, inner);
      }
    }
  }

  /** A product reads a tensor in place of the one Transpose that did. */
  void noLongerTurned(String tensor) {
    users.getOrDefault(tensor, new HashSet<>()).remove("Transpose");
  }

  private void add(String tensor, String user) {
    users.computeIfAbsent(tensor, t -> new HashSet<>()).add(user);
  }

  /** Returns whether nobody else reads a tensor. */
  boolean areAllOf(String tensor) {
    return OPERATORS.containsAll(users.getOrDefault(tensor, Set.of(CALLER)));
  }
}
