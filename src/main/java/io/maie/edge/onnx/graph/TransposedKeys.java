package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds attentions whose keys are transposed and then scaled, and scales the queries instead: ONNX
 * Runtime multiplies with keys that are only transposed as they lie. In a decoder, the keys of the
 * audio were transposed and scaled at every token. The product of a query's number, a key's and the
 * factor is rounded in another order, in the last digit.
 *
 * <pre>
 *   keys      Mul(Transpose(.., last two axes swapped), factor)    one factor for all
 *   scores    MatMul(queries, keys)
 * </pre>
 */
final class TransposedKeys {
  private static final List<Long> TURNED = List.of(0L, 1L, 3L, 2L);

  private final GraphIndex graph;
  private final SymbolicShapes shapes;
  private final Map<WireField, List<WireMessage>> replacements = new HashMap<>();
  private final DeadNodes dead;

  private TransposedKeys(SymbolicShapes shapes) throws IOException {
    this.shapes = shapes;
    graph = shapes.graph();
    dead = DeadNodes.in(graph, replacements);
  }

  /**
   * Replacements of such products; an empty list for nodes that are not needed any more.
   *
   * @param others nodes that something else stands for
   */
  static Map<WireField, List<WireMessage>> find(SymbolicShapes shapes, Set<GraphNode> others)
      throws IOException {
    TransposedKeys keys = new TransposedKeys(shapes);
    for (GraphNode node : shapes.graph().nodes()) {
      if (node.is("MatMul", 2) && !others.contains(node)) {
        keys.replace(node);
      }
    }
    return keys.replacements;
  }

  private void replace(GraphNode product) {
    Optional<GraphNode> scaled =
        graph
            .producer(product.input(1))
            .filter(node -> node.is("Mul", 2) && isOneNumber(node.input(1)));
    Optional<GraphNode> turned =
        scaled
            .flatMap(node -> graph.producer(node.input(0)))
            .filter(node -> node.is("Transpose", 1) && node.integers("perm").equals(TURNED));
    if (turned.isEmpty()) {
      return;
    }
    NodeWriter writer = new NodeWriter(product.output(), "turned");
    String queries =
        writer.add(
            "Mul", List.of(product.input(0), scaled.get().input(1)), writer.named("queries"));
    writer.add("MatMul", List.of(queries, turned.get().output()), product.output());
    replacements.put(product.field(), writer.nodes());
    dead.use(turned.get().output());
    dead.use(scaled.get().input(1));
    dead.release(product.input(1));
  }

  private boolean isOneNumber(String tensor) {
    return shapes
        .shape(tensor)
        .filter(shape -> shape.stream().allMatch(size -> size.is(1)))
        .isPresent();
  }
}
