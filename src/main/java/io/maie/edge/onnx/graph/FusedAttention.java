package io.maie.edge.onnx.graph;

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
  /** The domain that defines the operator; a model has to say that it uses it. */
  static final String DOMAIN = "com.microsoft";

  private static final List<Long> SWAPPED = List.of(0L, 2L, 1L, 3L);
  private static final List<Long> KEY_STRAIGHT = List.of(0L, 3L, 1L, 2L);
  private static final List<Long> MERGED_KEY_STRAIGHT = List.of(0L, 2L, 1L);

  private final Attention attention;
  private final NodeWriter nodes;

  private FusedAttention(Attention attention) {
    this.attention = attention;
    nodes = new NodeWriter(attention.mix().output(), "fused");
  }

  /** In an order in which they can be computed. */
  static List<WireMessage> nodes(Attention attention) {
    FusedAttention fused = new FusedAttention(attention);
    if (attention.heads() == 0) {
      fused.merged();
    } else {
      fused.split();
    }
    return fused.nodes.nodes();
  }

  private void split() {
    String joined = nodes.constant("joined", NodeWriter.SAME, NodeWriter.SAME, NodeWriter.REST);
    String query = joined("query", attention.query(), SWAPPED, joined);
    String key = joined("key", attention.transposedKey(), KEY_STRAIGHT, joined);
    String value = joined("value", attention.value(), SWAPPED, joined);
    String mixed = nodes.named("mixed");
    attend(query, key, value, attention.heads(), mixed);
    String heads =
        nodes.constant(
            "heads", NodeWriter.SAME, NodeWriter.SAME, attention.heads(), NodeWriter.REST);
    String divided = nodes.reshape(mixed, heads, nodes.named("divided"));
    nodes.transpose(divided, SWAPPED, attention.mix().output());
  }

  /** Every head is a batch of its own: nothing is left to divide. */
  private void merged() {
    String key =
        nodes.transpose(attention.transposedKey(), MERGED_KEY_STRAIGHT, nodes.named("key"));
    attend(attention.query(), key, attention.value(), 1, attention.mix().output());
  }

  private String joined(String name, String tensor, List<Long> order, String shape) {
    String straight = nodes.transpose(tensor, order, nodes.named(name + "/straight"));
    return nodes.reshape(straight, shape, nodes.named(name));
  }

  private void attend(String query, String key, String value, long heads, String output) {
    nodes.add(
        "MultiHeadAttention",
        List.of(query, key, value),
        output,
        NodeWriter.integer("num_heads", heads),
        NodeWriter.number("scale", attention.scale()));
    nodes.ofDomain(DOMAIN);
  }
}
