package io.maie.edge.onnx.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the nodes that compute an {@link Attention} by ONNX Runtime's own operator, which never
 * holds all scores at once.
 *
 * <p>The operator takes shape (batch, length, heads times head size). Axes are brought into that
 * order here and back behind it; ONNX Runtime cancels these transpositions against those of the
 * exporter when it opens the graph.
 */
final class FusedAttention {
  /** Where the operator is defined; a model has to say that it uses it. */
  static final String DOMAIN = "com.microsoft";

  private static final List<Long> SWAPPED = List.of(0L, 2L, 1L, 3L);
  private static final List<Long> KEY_STRAIGHT = List.of(0L, 3L, 1L, 2L);
  private static final List<Long> MERGED_KEY_STRAIGHT = List.of(0L, 2L, 1L);

  /** As a size asked of Reshape: what the input has at this place, and all the rest. */
  private static final long SAME = 0;

  private static final long REST = -1;

  /** As types of attributes in onnx.proto. */
  private static final long FLOAT = 1;

  private static final long INTEGER = 2;
  private static final long TENSOR = 4;
  private static final long INTEGERS = 7;

  private final Attention attention;
  private final List<WireMessage> nodes = new ArrayList<>();

  private FusedAttention(Attention attention) {
    this.attention = attention;
  }

  /** In an order in which they can be computed. */
  static List<WireMessage> nodes(Attention attention) {
    FusedAttention fused = new FusedAttention(attention);
    if (attention.heads() == 0) {
      fused.merged();
    } else {
      fused.split();
    }
    return fused.nodes;
  }

  private void split() {
    String joined = shape("joined", SAME, SAME, REST);
    String query = joined("query", attention.query(), SWAPPED, joined);
    String key = joined("key", attention.transposedKey(), KEY_STRAIGHT, joined);
    String value = joined("value", attention.value(), SWAPPED, joined);
    String mixed = named("mixed");
    attend(query, key, value, attention.heads(), mixed);
    String heads = shape("heads", SAME, SAME, attention.heads(), REST);
    String divided = reshape(mixed, heads, named("divided"));
    transpose(divided, SWAPPED, attention.mix().output());
  }

  /** Every head is a batch of its own: nothing is left to divide. */
  private void merged() {
    String key = transpose(attention.transposedKey(), MERGED_KEY_STRAIGHT, named("key"));
    attend(attention.query(), key, attention.value(), 1, attention.mix().output());
  }

  private String joined(String name, String tensor, List<Long> order, String shape) {
    return reshape(transpose(tensor, order, named(name + "/straight")), shape, named(name));
  }

  private void attend(String query, String key, String value, long heads, String output) {
    WireMessage node = node("MultiHeadAttention", List.of(query, key, value), output);
    node.text(GraphNode.DOMAIN, DOMAIN);
    node.message(
        GraphNode.ATTRIBUTE,
        attribute("num_heads", INTEGER).integer(GraphNode.Attribute.INTEGER, heads));
    node.message(
        GraphNode.ATTRIBUTE,
        attribute("scale", FLOAT).number(GraphNode.Attribute.FLOAT, attention.scale()));
    nodes.add(node);
  }

  private String transpose(String tensor, List<Long> order, String output) {
    WireMessage permutation = attribute("perm", INTEGERS);
    order.forEach(axis -> permutation.integer(GraphNode.Attribute.INTEGERS, axis));
    WireMessage node = node("Transpose", List.of(tensor), output);
    nodes.add(node.message(GraphNode.ATTRIBUTE, permutation));
    return output;
  }

  private String reshape(String tensor, String shape, String output) {
    nodes.add(node("Reshape", List.of(tensor, shape), output));
    return output;
  }

  private String shape(String name, long... sizes) {
    WireMessage tensor = new WireMessage().integer(SmallTensor.DIMENSION, sizes.length);
    tensor.integer(SmallTensor.TYPE, SmallTensor.TYPE_INT64);
    for (long size : sizes) {
      tensor.integer(SmallTensor.INTEGERS, size);
    }
    String output = named(name);
    WireMessage value = attribute("value", TENSOR).message(GraphNode.Attribute.TENSOR, tensor);
    nodes.add(node("Constant", List.of(), output).message(GraphNode.ATTRIBUTE, value));
    return output;
  }

  private static WireMessage node(String type, List<String> inputs, String output) {
    WireMessage node = new WireMessage();
    inputs.forEach(input -> node.text(GraphNode.INPUT, input));
    node.text(GraphNode.OUTPUT, output).text(GraphNode.NAME, output + "/fused");
    return node.text(GraphNode.TYPE, type);
  }

  private static WireMessage attribute(String name, long type) {
    return new WireMessage()
        .text(GraphNode.Attribute.NAME, name)
        .integer(GraphNode.Attribute.TYPE, type);
  }

  private String named(String part) {
    return attention.mix().output() + "/fused/" + part;
  }
}
