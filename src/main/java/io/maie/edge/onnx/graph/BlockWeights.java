package io.maie.edge.onnx.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The 8-bit weights of a model as {@code MatMulNBits} takes them, made of the bytes of the file:
 * one row of blocks for each output. Where the file has a row for each input instead, nodes turn
 * the matrix; ONNX Runtime computes them once, when it opens the model.
 */
final class BlockWeights {
  /** Weights that share a scale; a size for which ONNX Runtime has its own code. */
  static final long BLOCK = 32;

  private static final List<Long> TURNED = List.of(1L, 0L);

  private final GraphIndex outermost;
  private final Map<String, Matrix> matrices = new LinkedHashMap<>();
  private final List<WireMessage> nodes = new ArrayList<>();

  /**
   * @param graph the outermost graph, which has the weights
   */
  BlockWeights(GraphIndex graph) {
    outermost = graph;
  }

  /**
   * A matrix of 8-bit integers without sign, whose rows can be cut into blocks; empty for another
   * tensor.
   *
   * @param name the tensor in the file
   * @param rowsAreOutputs whether it has a row for each output, and not one for each input
   */
  Optional<Matrix> matrix(String name, boolean rowsAreOutputs) {
    return Optional.ofNullable(matrices.get(key(name, rowsAreOutputs)))
        .or(
            () ->
                outermost
                    .tensor(name)
                    .filter(tensor -> isFit(tensor, rowsAreOutputs))
                    .map(tensor -> make(tensor, rowsAreOutputs)));
  }

  private static String key(String name, boolean rowsAreOutputs) {
    return name + (rowsAreOutputs ? "/blocks" : "/turned/blocks");
  }

  /** A constant of the outermost graph. */
  Optional<SmallTensor> tensor(String name) {
    return outermost.tensor(name);
  }

  private static boolean isFit(SmallTensor tensor, boolean rowsAreOutputs) {
    return tensor.type() == SmallTensor.TYPE_UINT8
        && tensor.shape().size() == 2
        && tensor.shape().get(rowsAreOutputs ? 1 : 0) % BLOCK == 0;
  }

  private Matrix make(SmallTensor tensor, boolean rowsAreOutputs) {
    String key = key(tensor.name(), rowsAreOutputs);
    long rows = tensor.shape().get(0);
    long columns = tensor.shape().get(1);
    Matrix matrix =
        rowsAreOutputs ? new Matrix(key, columns, rows) : new Matrix(key, rows, columns);
    NodeWriter writer = new NodeWriter(key, "made");
    String straight =
        rowsAreOutputs
            ? tensor.name()
            : writer.transpose(tensor.name(), TURNED, writer.named("turned"));
    String sizes = writer.constant("sizes", matrix.outputs, matrix.inputs / BLOCK, BLOCK);
    writer.reshape(straight, sizes, key);
    nodes.addAll(writer.nodes());
    matrices.put(key, matrix);
    return matrix;
  }

  /** Nodes that make the matrices asked for so far; they come before all others. */
  List<WireMessage> nodes() {
    return nodes;
  }

  /**
   * Weights of a product.
   *
   * @param name the tensor, shape (outputs, blocks of a row, {@link #BLOCK})
   */
  record Matrix(String name, long inputs, long outputs) {

    long blocks() {
      return outputs * (inputs / BLOCK);
    }
  }
}
