package io.maie.edge.onnx.graph;

import java.util.List;

/**
 * An attention without a mask, as three operators compute it: a product of queries and keys,
 * Softmax, and a product with the values. The names are those of tensors.
 *
 * @param heads how many heads the tensors have in an axis of their own, shape (batch, heads,
 *     length, head size); 0 if they are part of the first axis, shape (batch times heads, length,
 *     head size)
 * @param scale the factor for the product of queries and keys
 * @param query shape as above
 * @param transposedKey shape as above, but with the last two axes in the other order
 * @param value shape as above
 * @param scores the last node before Softmax, {@code product} itself if nothing scales
 * @param mix the product with the values, whose output is the attention's
 */
record Attention(
    long heads,
    float scale,
    String query,
    String transposedKey,
    String value,
    GraphNode product,
    GraphNode scores,
    GraphNode softmax,
    GraphNode mix) {

  /** The nodes that the fused operator replaces. */
  List<GraphNode> nodes() {
    return List.of(product, scores, softmax, mix);
  }
}
