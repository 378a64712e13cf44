package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the products of a decoder with matrices of 32-bit floats, and the lookups in its table of
 * tokens, and says which nodes compute the same with {@link RoundedMatrix rounded} ones:
 *
 * <pre>
 *   MatMul(x, weights)                        weights (inputs, outputs)
 *   MatMul(x, Transpose(table))               table (outputs, inputs)
 *   Gather(table, ids)                        if the table is used by such a product, too
 * </pre>
 *
 * <p>The graphs of choices use the weights of the graph around them. Products of two activations
 * stay.
 */
final class RoundedWeights {
  private static final List<Long> TURNED = List.of(1L, 0L);

  private final WireFile file;
  private final GraphIndex outermost;
  private final Map<String, WireField> floats = new HashMap<>();
  private final List<GraphIndex> graphs = new ArrayList<>();
  private final Map<String, RoundedMatrix> matrices = new LinkedHashMap<>();
  private final Map<WireField, List<WireMessage>> replacements = new HashMap<>();

  /** The uses of each tensor, by nodes and callers. */
  private final Map<String, Integer> uses = new HashMap<>();

  private RoundedWeights(WireFile file, WireField graph) throws IOException {
    this.file = file;
    outermost = GraphIndex.read(file, graph);
    for (WireField field : file.fields(graph)) {
      if (field.number() == GraphIndex.INITIALIZER) {
        readFloats(field);
      }
    }
    collect(outermost);
  }

  /**
   * Looks through a graph and the graphs inside it.
   *
   * @param graph the outermost one
   */
  static RoundedWeights find(WireFile file, WireField graph) throws IOException {
    RoundedWeights weights = new RoundedWeights(file, graph);
    weights.graphs.forEach(weights::replaceProducts);
    weights.graphs.forEach(weights::replaceLookups);
    weights.dropIdle();
    return weights;
  }

  private void readFloats(WireField initializer) throws IOException {
    for (WireField part : file.fields(initializer)) {
      if (part.number() == SmallTensor.RAW) {
        floats.put(SmallTensor.read(file, initializer).name(), part);
      }
    }
  }

  private void collect(GraphIndex graph) throws IOException {
    graphs.add(graph);
    graph.outputs().forEach(this::use);
    graph.nodes().forEach(node -> node.inputs().forEach(this::use));
    for (GraphIndex branch : graph.branches()) {
      collect(branch);
    }
  }

  private void use(String tensor) {
    uses.merge(tensor, 1, Integer::sum);
  }

  private void release(String tensor) {
    uses.merge(tensor, -1, Integer::sum);
  }

  private void replaceProducts(GraphIndex graph) {
    for (GraphNode node : graph.nodes()) {
      if (node.is("MatMul", 2)) {
        matrix(graph, node.input(1)).ifPresent(matrix -> replaceProduct(node, matrix));
      }
    }
  }

  private Optional<RoundedMatrix> matrix(GraphIndex graph, String factor) {
    Optional<GraphNode> turned =
        graph
            .producer(factor)
            .or(() -> outermost.producer(factor))
            .filter(node -> node.is("Transpose", 1) && isTurned(node));
    return turned.isPresent() ? matrix(turned.get().input(0), true) : matrix(factor, false);
  }

  private static boolean isTurned(GraphNode transpose) {
    return transpose.integers("perm").isEmpty() || transpose.integers("perm").equals(TURNED);
  }

  private Optional<RoundedMatrix> matrix(String tensor, boolean rowsAreOutputs) {
    WireField content = floats.get(tensor);
    Optional<SmallTensor> weights = outermost.tensor(tensor);
    if (content == null || weights.isEmpty() || !isWhole(weights.get(), content)) {
      return Optional.empty();
    }
    if (weights.get().shape().get(rowsAreOutputs ? 1 : 0) % RoundedMatrix.BLOCK != 0) {
      return Optional.empty();
    }
    List<Long> shape = weights.get().shape();
    String name = tensor + (rowsAreOutputs ? "" : "/turned");
    return Optional.of(
        matrices.computeIfAbsent(
            name,
            key ->
                new RoundedMatrix(
                    file,
                    content,
                    key,
                    new RoundedMatrix.Shape(shape.get(0).intValue(), shape.get(1).intValue()),
                    rowsAreOutputs)));
  }

  /** Returns whether a tensor is a matrix of floats, all of which are in the field. */
  private static boolean isWhole(SmallTensor tensor, WireField content) {
    return tensor.type() == SmallTensor.TYPE_FLOAT
        && tensor.shape().size() == 2
        && tensor.shape().get(0) <= Integer.MAX_VALUE
        && tensor.shape().get(1) <= Integer.MAX_VALUE
        && tensor.shape().get(0) * tensor.shape().get(1) * Float.BYTES == content.length();
  }

  private void replaceProduct(GraphNode product, RoundedMatrix matrix) {
    NodeWriter writer = new NodeWriter(product.output(), "rounded");
    writer.addBlockProduct(
        List.of(product.input(0), matrix.bytesName(), matrix.scalesName()),
        product.output(),
        matrix.inputs(),
        matrix.outputs(),
        RoundedMatrix.BLOCK);
    replacements.put(product.field(), writer.nodes());
    release(product.input(1));
  }

  private void replaceLookups(GraphIndex graph) {
    for (GraphNode node : graph.nodes()) {
      RoundedMatrix table = node.is("Gather", 2) ? matrices.get(node.input(0)) : null;
      List<Long> axis = node.integers("axis");
      if (table != null && (axis.isEmpty() || axis.equals(List.of(0L)))) {
        replacements.put(node.field(), lookup(node, table));
        release(node.input(0));
      }
    }
  }

  /** Rows of the table as floats; {@code ids} has two axes, as tokens have. */
  private static List<WireMessage> lookup(GraphNode gather, RoundedMatrix table) {
    NodeWriter writer = new NodeWriter(gather.output(), "rounded");
    String ids = gather.input(1);
    String bytes = writer.add("Gather", List.of(table.bytesName(), ids), writer.named("bytes"));
    String steps =
        writer.add(
            "Cast",
            List.of(bytes),
            writer.named("steps"),
            NodeWriter.integer("to", SmallTensor.TYPE_FLOAT));
    String zero = writer.repeated("zero", 1, (float) RoundedMatrix.ZERO);
    String centred = writer.add("Sub", List.of(steps, zero), writer.named("centred"));
    String scales = writer.add("Gather", List.of(table.scalesName(), ids), writer.named("scales"));
    String each =
        writer.constant(
            "each", NodeWriter.SAME, NodeWriter.SAME, table.inputs() / RoundedMatrix.BLOCK, 1);
    String spread = writer.reshape(scales, each, writer.named("spread"));
    String scaled = writer.add("Mul", List.of(centred, spread), writer.named("scaled"));
    String rows = writer.constant("rows", NodeWriter.SAME, NodeWriter.SAME, table.inputs());
    writer.reshape(scaled, rows, gather.output());
    return writer.nodes();
  }

  /** Nodes that transposed weights for products that are gone. */
  private void dropIdle() {
    for (GraphIndex graph : graphs) {
      for (GraphNode node : graph.nodes()) {
        if (node.is("Transpose", 1) && uses.getOrDefault(node.output(), 0) == 0) {
          replacements.put(node.field(), List.of());
          release(node.input(0));
        }
      }
    }
  }

  /** Replacements of nodes; an empty list for those that are not needed any more. */
  Map<WireField, List<WireMessage>> replacements() {
    return replacements;
  }

  /** Returns whether a tensor is still used. */
  boolean isUsed(String tensor) {
    return uses.getOrDefault(tensor, 0) > 0;
  }

  /** Matrices that the nodes take. */
  Collection<RoundedMatrix> matrices() {
    return matrices.values();
  }
}
