package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Multiplies with a table of tokens as it lies. Exporters transpose the table before the choice of
 * a merged decoder, and each branch multiplies its hidden states with it. ONNX Runtime transposes
 * it once, when it opens the model: a copy of what is a third of a base model and more, beside the
 * table itself, in which tokens are looked up.
 *
 * <pre>
 *   before   transposed = Transpose(table);   scores = MatMul(hidden, transposed)
 *   after    scores = FusedMatMul(hidden, table, second factor transposed)
 * </pre>
 */
final class TransposedTable {
  private static final List<Long> TURNED = List.of(1L, 0L);
  private static final String PRODUCT = "FusedMatMul";

  private final GraphIndex graph;
  private final List<GraphIndex> branches;

  /** The graphs inside, choices or not. */
  private final List<WireField> inner;

  private TransposedTable(GraphIndex graph) throws IOException {
    this.graph = graph;
    branches = graph.branches();
    inner = graph.nodes().stream().flatMap(node -> node.graphs().stream()).toList();
  }

  /**
   * Tables, and what stands for the nodes that use them transposed.
   *
   * @param tables names of the tables, which no node transposes any more
   * @param replacements an empty list for nodes that are not needed
   */
  record Found(List<String> tables, Map<WireField, List<WireMessage>> replacements) {}

  /** Finds the tables of a model's outermost graph. */
  static Found find(GraphIndex graph) throws IOException {
    TransposedTable search = new TransposedTable(graph);
    List<String> tables = new ArrayList<>();
    Map<WireField, List<WireMessage>> replacements = new HashMap<>();
    for (GraphNode node : graph.nodes()) {
      if (search.isTurned(node)) {
        Optional<List<GraphNode>> products = search.products(node.output());
        if (products.isPresent()) {
          tables.add(node.input(0));
          replacements.put(node.field(), List.of());
          products.get().forEach(it -> replacements.put(it.field(), nodes(it, node.input(0))));
        }
      }
    }
    return new Found(tables, replacements);
  }

  private boolean isTurned(GraphNode node) {
    return node.is("Transpose", 1)
        && node.integers("perm").equals(TURNED)
        && graph
            .tensor(node.input(0))
            .filter(table -> table.type() == SmallTensor.TYPE_FLOAT && table.shape().size() == 2)
            .isPresent();
  }

  /** The products with a transposed table; empty if it is used in another way, or not at all. */
  private Optional<List<GraphNode>> products(String turned) {
    if (graph.outputs().contains(turned) || inner.size() != branches.size()) {
      return Optional.empty();
    }
    List<GraphNode> users = new ArrayList<>(graph.consumers(turned));
    for (GraphIndex branch : branches) {
      if (branch.hasSubgraphs() || branch.outputs().contains(turned)) {
        return Optional.empty();
      }
      users.addAll(branch.consumers(turned));
    }
    boolean all = users.stream().allMatch(user -> isProduct(user, turned));
    return all && !users.isEmpty() ? Optional.of(users) : Optional.empty();
  }

  private static boolean isProduct(GraphNode node, String turned) {
    return node.is("MatMul", 2) && node.input(1).equals(turned) && !node.input(0).equals(turned);
  }

  private static List<WireMessage> nodes(GraphNode product, String table) {
    NodeWriter writer = new NodeWriter(product.output(), "table");
    writer.add(
        PRODUCT,
        List.of(product.input(0), table),
        product.output(),
        NodeWriter.integer("transB", 1));
    writer.ofDomain(FusedAttention.DOMAIN);
    return writer.nodes();
  }
}
