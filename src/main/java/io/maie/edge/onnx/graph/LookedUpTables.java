package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives tables that are looked up and used otherwise, too, a second name for the lookups. ONNX
 * Runtime packs the table of tokens for the products with it and lets go of what it packed, unless
 * a lookup needs it: then a decoder has its largest weight in memory twice. Under a name of its
 * own, the table is mapped once more, and only those pages come into memory in which rows are
 * looked up.
 *
 * <pre>
 *   before   row = Gather(table, id);        scores = product(hidden, table)
 *   after    row = Gather(table/rows, id);   scores = product(hidden, table)
 * </pre>
 */
final class LookedUpTables {
  private static final String LOOKUP = "Gather";

  /** Tables are of 32-bit floats, or of bytes. */
  private static final Set<Long> TYPES = Set.of(SmallTensor.TYPE_FLOAT, SmallTensor.TYPE_UINT8);

  private final GraphIndex outermost;

  /** Tensors that other nodes than lookups use. */
  private final Set<String> otherwiseUsed = new HashSet<>();

  private final Map<String, String> names = new HashMap<>();
  private final Map<WireField, List<WireMessage>> lookups = new HashMap<>();

  private LookedUpTables(GraphIndex outermost) {
    this.outermost = outermost;
  }

  /** Looks through a model's outermost graph and the branches of its choices. */
  static LookedUpTables find(GraphIndex outermost) throws IOException {
    LookedUpTables tables = new LookedUpTables(outermost);
    List<GraphIndex> graphs = new ArrayList<>(outermost.branches());
    graphs.add(outermost);
    for (GraphIndex graph : graphs) {
      graph.nodes().stream()
          .filter(node -> !node.is(LOOKUP, 2))
          .forEach(node -> tables.otherwiseUsed.addAll(node.inputs()));
    }
    for (GraphIndex graph : graphs) {
      tables.rename(graph);
    }
    return tables;
  }

  private void rename(GraphIndex graph) throws IOException {
    for (GraphNode node : graph.nodes()) {
      if (node.is(LOOKUP, 2) && isTable(node.input(0))) {
        String name = names.computeIfAbsent(node.input(0), table -> table + "/rows");
        NodeWriter writer = new NodeWriter(node.output(), "looked up");
        writer.add(graph.copy(node, Map.of(node.input(0), name)));
        lookups.put(node.field(), writer.nodes());
      }
    }
  }

  private boolean isTable(String tensor) {
    Optional<SmallTensor> weights = outermost.tensor(tensor);
    return otherwiseUsed.contains(tensor)
        && weights.isPresent()
        && TYPES.contains(weights.get().type())
        && weights.get().shape().size() > 1
        && outermost.producer(tensor).isEmpty();
  }

  /** The replacement of the nodes that look up rows. */
  Map<WireField, List<WireMessage>> lookups() {
    return lookups;
  }

  /** By table, the name under which it is looked up. */
  Map<String, String> names() {
    return names;
  }
}
