package io.maie.edge.onnx.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the nodes that compute an {@link Attention} for one part of the queries after the other,
 * with the exporter's operators: the same numbers, and only the scores of one part in memory.
 */
final class AttentionInParts {
  /** More save no memory to speak of: then other things are larger. */
  private static final int PARTS = 4;

  /**
   * The first version of ONNX's operators in which all that are used here count axes from the end.
   */
  static final long OPSET = 11;

  /** The axis of the queries, counted from the end. */
  private static final long QUERIES = -2;

  private static final long LAST = -1;

  private final Attention attention;
  private final NodeWriter nodes;

  private AttentionInParts(Attention attention) {
    this.attention = attention;
    nodes = new NodeWriter(attention.mix().output(), "parts");
  }

  /** In an order in which they can be computed. */
  static List<WireMessage> nodes(Attention attention) {
    AttentionInParts parts = new AttentionInParts(attention);
    parts.write();
    return parts.nodes.nodes();
  }

  private void write() {
    String axis = nodes.constant("axis", QUERIES);
    String length = length();
    List<String> mixed = new ArrayList<>();
    String from = nodes.constant("from0", 0);
    for (int part = 0; part < PARTS; part++) {
      String to = part == PARTS - 1 ? nodes.constant("end", Long.MAX_VALUE) : end(part, length);
      String query =
          nodes.add(
              "Slice", List.of(attention.query(), from, to, axis), nodes.named("query" + part));
      mixed.add(mix(part, query));
      from = to;
    }
    nodes.add("Concat", mixed, attention.mix().output(), NodeWriter.integer("axis", QUERIES));
  }

  /** The number of queries in a part, rounded up; the last parts of very few may be empty. */
  private String length() {
    String shape = nodes.add("Shape", List.of(attention.query()), nodes.named("shape"));
    String queries =
        nodes.add(
            "Slice",
            List.of(shape, nodes.constant("second", QUERIES), nodes.constant("first", LAST)),
            nodes.named("queries"));
    String rounded =
        nodes.add(
            "Add", List.of(queries, nodes.constant("round", PARTS - 1L)), nodes.named("rounded"));
    return nodes.add(
        "Div", List.of(rounded, nodes.constant("count", PARTS)), nodes.named("length"));
  }

  private String end(int part, String length) {
    String parts = nodes.constant("parts" + part, part + 1L);
    return nodes.add("Mul", List.of(length, parts), nodes.named("to" + part));
  }

  private String mix(int part, String query) {
    String scores =
        nodes.add(
            "MatMul", List.of(query, attention.transposedKey()), nodes.named("product" + part));
    if (!attention.scores().equals(attention.product())) {
      GraphNode scale = attention.scores();
      scores =
          nodes.add(scale.type(), List.of(scores, scale.input(1)), nodes.named("scores" + part));
    }
    String weights =
        nodes.add(
            "Softmax",
            List.of(scores),
            nodes.named("weights" + part),
            NodeWriter.integer("axis", LAST));
    return nodes.add("MatMul", List.of(weights, attention.value()), nodes.named("mixed" + part));
  }
}
