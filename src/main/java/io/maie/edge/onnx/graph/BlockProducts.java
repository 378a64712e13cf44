package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds products with 8-bit weights of one scale and computes them by {@code MatMulNBits}, with the
 * very bytes of the weights. These are the forms that ONNX Runtime's quantizer writes:
 *
 * <pre>
 *   number, scale, zero   DynamicQuantizeLinear(x)
 *   product               MatMulInteger(number, weights, zero, zero of the weights)
 *   y                     Mul(Cast(product), Mul(scale, scale of the weights))
 *
 *   y                     MatMul(x, DequantizeLinear(Transpose(weights), scale, zero))
 * </pre>
 *
 * <p>The first rounds all of x by one scale, the second turns all weights into floats at every run.
 * {@code MatMulNBits} rounds each block of each row of x by a scale of its own, so that it is
 * nearer to the product of floats than the first form and takes a fraction of the time of both.
 */
final class BlockProducts {
  private static final int WEIGHTS = 1;
  private static final int ZERO = 2;
  private static final int WEIGHTS_ZERO = 3;

  private static final List<Long> TURNED = List.of(1L, 0L);

  private final GraphIndex graph;
  private final BlockWeights weights;
  private final Map<WireField, List<WireMessage>> replacements = new HashMap<>();
  private final DeadNodes dead;

  private BlockProducts(GraphIndex graph, BlockWeights weights) throws IOException {
    this.graph = graph;
    this.weights = weights;
    dead = DeadNodes.in(graph, replacements);
  }

  /**
   * Replacements of such nodes; an empty list for those that are not needed any more.
   *
   * @param graph the outermost one, which has the weights, or one inside it
   * @param weights receives the weights that the nodes take
   */
  static Map<WireField, List<WireMessage>> find(GraphIndex graph, BlockWeights weights)
      throws IOException {
    BlockProducts products = new BlockProducts(graph, weights);
    for (GraphNode node : graph.nodes()) {
      if (node.is("MatMulInteger", WEIGHTS_ZERO + 1)) {
        products.replaceInteger(node);
      } else if (node.is("MatMul", 2)) {
        products.replaceDequantized(node);
      }
    }
    return products.replacements;
  }

  private void replaceInteger(GraphNode product) {
    Optional<GraphNode> rounded =
        graph.producer(product.input(0)).filter(node -> isRounded(node, product));
    Optional<GraphNode> result =
        graph
            .onlyConsumer(product.output())
            .filter(node -> node.is("Cast", 1))
            .flatMap(cast -> graph.onlyConsumer(cast.output()))
            .filter(node -> node.is("Mul", 2));
    if (rounded.isEmpty() || result.isEmpty()) {
      return;
    }
    OptionalDouble scale = scale(result.get(), rounded.get().outputs().get(1));
    OptionalDouble zero = scalar(product.input(WEIGHTS_ZERO), SmallTensor.TYPE_UINT8);
    Optional<BlockWeights.Matrix> matrix = weights.matrix(product.input(WEIGHTS), false);
    if (scale.isPresent() && zero.isPresent() && matrix.isPresent()) {
      replace(
          result.get(),
          new Product(
              rounded.get().input(0), matrix.get(), scale.getAsDouble(), zero.getAsDouble()));
    }
  }

  private static boolean isRounded(GraphNode node, GraphNode product) {
    return node.type().equals("DynamicQuantizeLinear")
        && node.outputs().size() == 3
        && node.outputs().get(0).equals(product.input(0))
        && node.outputs().get(2).equals(product.input(ZERO));
  }

  /** The scale of the weights: what is multiplied with that of the numbers. */
  private OptionalDouble scale(GraphNode result, String ofNumbers) {
    for (String factor : result.inputs()) {
      Optional<GraphNode> scales = graph.producer(factor).filter(node -> node.is("Mul", 2));
      if (scales.isPresent() && scales.get().inputs().contains(ofNumbers)) {
        String other = scales.get().input(scales.get().input(0).equals(ofNumbers) ? 1 : 0);
        return scalar(other, SmallTensor.TYPE_FLOAT);
      }
    }
    return OptionalDouble.empty();
  }

  private void replaceDequantized(GraphNode product) {
    Optional<GraphNode> floats =
        graph.producer(product.input(WEIGHTS)).filter(node -> node.is("DequantizeLinear", 3));
    Optional<GraphNode> turned =
        floats
            .flatMap(node -> graph.producer(node.input(0)))
            .filter(node -> node.is("Transpose", 1) && isTurned(node));
    if (turned.isEmpty()) {
      return;
    }
    OptionalDouble scale = scalar(floats.get().input(1), SmallTensor.TYPE_FLOAT);
    OptionalDouble zero = scalar(floats.get().input(ZERO), SmallTensor.TYPE_UINT8);
    Optional<BlockWeights.Matrix> matrix = weights.matrix(turned.get().input(0), true);
    if (scale.isPresent() && zero.isPresent() && matrix.isPresent()) {
      replace(
          product,
          new Product(product.input(0), matrix.get(), scale.getAsDouble(), zero.getAsDouble()));
    }
  }

  private static boolean isTurned(GraphNode transpose) {
    return transpose.integers("perm").isEmpty() || transpose.integers("perm").equals(TURNED);
  }

  private OptionalDouble scalar(String tensor, long type) {
    return graph
        .tensor(tensor)
        .or(() -> weights.tensor(tensor))
        .map(constant -> constant.scalar(type))
        .orElse(OptionalDouble.empty());
  }

  private void replace(GraphNode node, Product product) {
    replacements.put(node.field(), product.nodes(node.output()));
    dead.use(product.input);
    node.inputs().forEach(dead::release);
  }

  /**
   * A product as {@code MatMulNBits} computes it.
   *
   * @param input its last axis has the inputs of the matrix
   */
  private record Product(String input, BlockWeights.Matrix matrix, double scale, double zero) {

    List<WireMessage> nodes(String output) {
      NodeWriter writer = new NodeWriter(output, "blocks");
      String scales = writer.repeated("scales", matrix.blocks(), (float) scale);
      // in the graph of the node: from outside a branch they are not always read rightly
      String zeros = writer.repeated("zeros", matrix.blocks(), (int) zero);
      writer.addBlockProduct(
          List.of(input, matrix.name(), scales, zeros),
          output,
          matrix.inputs(),
          matrix.outputs(),
          BlockWeights.BLOCK);
      return writer.nodes();
    }
  }
}
