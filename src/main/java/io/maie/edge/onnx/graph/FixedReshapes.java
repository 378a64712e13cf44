package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds Reshapes whose sizes are computed at every run although they can be written down before:
 * what is no constant in them is what the input has at the same place.
 *
 * <p>Exporters read every size from a tensor. In a decoder, a third of all nodes did nothing else,
 * at every token, and computed the same few numbers again in each layer.
 */
final class FixedReshapes {
  private static final String RESHAPE = "Reshape";

  private final GraphIndex graph;
  private final SymbolicShapes shapes;

  private final Map<WireField, List<WireMessage>> replacements = new HashMap<>();
  private final DeadNodes dead;

  private FixedReshapes(SymbolicShapes shapes) throws IOException {
    this.shapes = shapes;
    graph = shapes.graph();
    dead = DeadNodes.in(graph, replacements);
  }

  /**
   * Replacements of such nodes; an empty list for those that computed sizes and are not needed any
   * more.
   */
  static Map<WireField, List<WireMessage>> find(SymbolicShapes shapes) throws IOException {
    FixedReshapes found = new FixedReshapes(shapes);
    for (GraphNode node : shapes.graph().nodes()) {
      found.sizes(node).ifPresent(sizes -> found.fix(node, sizes));
    }
    return found.replacements;
  }

  /** The sizes that can be asked for instead; empty if there are none, or need not be any. */
  private Optional<List<Long>> sizes(GraphNode node) {
    boolean computed =
        node.is(RESHAPE, 2)
            && !SymbolicShapes.takesZero(node)
            && graph.producer(node.input(1)).filter(sizes -> !sizes.is("Constant", 0)).isPresent();
    return computed
        ? shapes.numbers(node.input(1)).flatMap(asked -> sizes(node, asked))
        : Optional.empty();
  }

  private Optional<List<Long>> sizes(GraphNode node, List<Dimension> asked) {
    List<Dimension> given = shapes.shape(node.input(0)).orElse(List.of());
    List<Long> sizes = new ArrayList<>();
    for (int axis = 0; axis < asked.size(); axis++) {
      Dimension size = asked.get(axis);
      if (size.value().isPresent()) {
        sizes.add(size.value().getAsLong());
      } else if (axis < given.size() && given.get(axis).isSame(size)) {
        sizes.add(NodeWriter.SAME);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(sizes);
  }

  private void fix(GraphNode reshape, List<Long> sizes) {
    NodeWriter nodes = new NodeWriter(reshape.output(), "fixed");
    long[] values = sizes.stream().mapToLong(Long::longValue).toArray();
    nodes.reshape(reshape.input(0), nodes.constant("sizes", values), reshape.output());
    replacements.put(reshape.field(), nodes.nodes());
    dead.release(reshape.input(1));
  }
}
