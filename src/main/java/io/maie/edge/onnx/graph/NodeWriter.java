package io.maie.edge.onnx.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes nodes that stand for others, in an order in which they can be computed. The names of their
 * tensors begin with the name of the tensor that they make in the end.
 */
final class NodeWriter {
  /** A size in a Reshape that keeps the size of the input at this place. */
  static final long SAME = 0;

  /** A size in a Reshape that takes all the rest. */
  static final long REST = -1;

  /** Types of attributes, as in onnx.proto. */
  private static final long FLOAT = 1;

  private static final long INTEGER = 2;
  private static final long TENSOR = 4;
  private static final long GRAPH = 5;
  private static final long INTEGERS = 7;

  /**
   * Arithmetic of {@code MatMulNBits} in 8-bit integers. Other arithmetic is slow with 8-bit
   * weights.
   */
  private static final long IN_8_BITS = 4;

  private final String prefix;
  private final List<WireMessage> nodes = new ArrayList<>();

  /**
   * @param output the tensor that the nodes make in the end
   * @param way one word for the way in which they make it
   */
  NodeWriter(String output, String way) {
    prefix = output + "/" + way + "/";
  }

  List<WireMessage> nodes() {
    return nodes;
  }

  /** The name of a tensor of these nodes. */
  String named(String part) {
    return prefix + part;
  }

  /** Adds a node of one output. */
  String add(String type, List<String> inputs, String output, WireMessage... attributes) {
    WireMessage node = new WireMessage();
    inputs.forEach(input -> node.text(GraphNode.INPUT, input));
    node.text(GraphNode.OUTPUT, output).text(GraphNode.NAME, named("node" + nodes.size()));
    node.text(GraphNode.TYPE, type);
    for (WireMessage attribute : attributes) {
      node.message(GraphNode.ATTRIBUTE, attribute);
    }
    nodes.add(node);
    return output;
  }

  /** Adds a node that was made before, such as a copy. */
  void add(WireMessage node) {
    nodes.add(node);
  }

  /** Adds nodes that another writer has made. */
  void addAll(List<WireMessage> made) {
    nodes.addAll(made);
  }

  /** Marks the node added last as one that ONNX itself does not define. */
  void ofDomain(String domain) {
    nodes.get(nodes.size() - 1).text(GraphNode.DOMAIN, domain);
  }

  /**
   * Adds a product with 8-bit weights in blocks, {@code MatMulNBits}.
   *
   * @param inputs the left side, the weights, their scales and perhaps their zeros
   * @param rows inputs of the matrix
   * @param columns outputs of the matrix
   * @param block weights with one scale
   */
  void addBlockProduct(List<String> inputs, String output, long rows, long columns, long block) {
    add(
        "MatMulNBits",
        inputs,
        output,
        integer("K", rows),
        integer("N", columns),
        integer("bits", Byte.SIZE),
        integer("block_size", block),
        integer("accuracy_level", IN_8_BITS));
    ofDomain(FusedAttention.DOMAIN);
  }

  String transpose(String tensor, List<Long> order, String output) {
    WireMessage permutation = attribute("perm", INTEGERS);
    order.forEach(axis -> permutation.integer(GraphNode.Attribute.INTEGERS, axis));
    return add("Transpose", List.of(tensor), output, permutation);
  }

  String reshape(String tensor, String shape, String output) {
    return add("Reshape", List.of(tensor, shape), output);
  }

  /** A constant of 64-bit integers in one axis. */
  String constant(String name, long... values) {
    WireMessage tensor = new WireMessage().integer(SmallTensor.DIMENSION, values.length);
    tensor.integer(SmallTensor.TYPE, SmallTensor.TYPE_INT64);
    for (long value : values) {
      tensor.integer(SmallTensor.INTEGERS, value);
    }
    WireMessage value = attribute("value", TENSOR).message(GraphNode.Attribute.TENSOR, tensor);
    return add("Constant", List.of(), named(name), value);
  }

  /** So many times the same float, in one axis. */
  String repeated(String name, long count, float value) {
    WireMessage tensor = one(SmallTensor.TYPE_FLOAT).number(SmallTensor.FLOATS, value);
    return repeated(name, count, tensor);
  }

  /** So many times the same 8-bit integer without sign, in one axis. */
  String repeated(String name, long count, int value) {
    WireMessage tensor = one(SmallTensor.TYPE_UINT8).integer(SmallTensor.SHORT_INTEGERS, value);
    return repeated(name, count, tensor);
  }

  private String repeated(String name, long count, WireMessage tensor) {
    String length = constant(name + "/count", count);
    WireMessage value = attribute("value", TENSOR).message(GraphNode.Attribute.TENSOR, tensor);
    return add("ConstantOfShape", List.of(length), named(name), value);
  }

  private static WireMessage one(long type) {
    return new WireMessage().integer(SmallTensor.DIMENSION, 1).integer(SmallTensor.TYPE, type);
  }

  static WireMessage integer(String name, long value) {
    return attribute(name, INTEGER).integer(GraphNode.Attribute.INTEGER, value);
  }

  /**
   * A branch of a choice.
   *
   * @param name of the attribute
   * @param output the tensor that it returns
   */
  static WireMessage graph(String name, NodeWriter nodes, String output) {
    WireMessage graph = new WireMessage().text(GraphIndex.NAME, nodes.named("branch"));
    nodes.nodes().forEach(node -> graph.message(GraphIndex.NODE, node));
    // ONNX Runtime infers type and shape
    graph.message(GraphIndex.OUTPUT, new WireMessage().text(DeclaredTensor.NAME, output));
    return attribute(name, GRAPH).message(GraphNode.Attribute.GRAPH, graph);
  }

  static WireMessage number(String name, float value) {
    return attribute(name, FLOAT).number(GraphNode.Attribute.FLOAT, value);
  }

  private static WireMessage attribute(String name, long type) {
    return new WireMessage()
        .text(GraphNode.Attribute.NAME, name)
        .integer(GraphNode.Attribute.TYPE, type);
  }
}
