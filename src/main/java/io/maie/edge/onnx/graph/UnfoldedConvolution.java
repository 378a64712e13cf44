package io.maie.edge.onnx.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the nodes that compute a convolution of 8-bit numbers along one axis as one product of
 * matrices: under every output lie all its inputs in a row (im2col, Chellapilla et al. 2006).
 *
 * <p>The sums are the same whole numbers, and ONNX Runtime's own operator takes ten times as long.
 */
final class UnfoldedConvolution {
  private static final String OPERATOR = "ConvInteger";

  /** Axes of the input are (batch, channels, time), of weights (outputs, channels, kernel). */
  private static final int RANK = 3;

  private static final List<Long> TIME_FIRST = List.of(0L, 2L, 1L);
  private static final List<Long> KERNEL_FIRST = List.of(2L, 1L, 0L);

  private static final int INPUTS = 4;
  private static final int INPUT = 0;
  private static final int WEIGHTS = 1;
  private static final int ZERO_POINT = 2;
  private static final int WEIGHTS_ZERO_POINT = 3;

  private static final long TIME_AXIS = 1;
  private static final long CHANNEL_AXIS = 2;

  /**
   * Fewer numbers under an output, as of a convolution over samples, are not worth a product, and
   * the sums would lie in memory twice.
   */
  private static final long LEAST_ROW = 16;

  /** The first version of ONNX's operators whose Pad takes 8-bit numbers. */
  private static final long OPSET_PAD = 13;

  private final GraphNode convolution;
  private final List<Long> weights;
  private final NodeWriter nodes;

  private UnfoldedConvolution(GraphNode convolution, List<Long> weights) {
    this.convolution = convolution;
    this.weights = weights;
    nodes = new NodeWriter(convolution.output(), "unfolded");
  }

  /**
   * In an order in which they can be computed; empty if the node is no such convolution, or one
   * whose channels come in groups, that skips inputs, that has little to multiply, or whose weights
   * are computed.
   */
  static Optional<List<WireMessage>> nodes(GraphNode node, GraphIndex graph) {
    if (!node.is(OPERATOR, INPUTS) || graph.opset() < OPSET_PAD || node.inputs().contains("")) {
      return Optional.empty();
    }
    List<Long> weights = graph.shape(node.input(WEIGHTS));
    if (weights.size() != RANK || weights.get(1) * weights.get(2) < LEAST_ROW || !isPlain(node)) {
      return Optional.empty();
    }
    return Optional.of(new UnfoldedConvolution(node, weights).unfold());
  }

  private static boolean isPlain(GraphNode node) {
    return isOne(node.integers("group"))
        && isOne(node.integers("dilations"))
        && isOmittedOr(node.integers("pads"), 2)
        && isOmittedOr(node.integers("strides"), 1)
        && !node.attributes().containsKey("auto_pad");
  }

  private static boolean isOne(List<Long> attribute) {
    return attribute.isEmpty() || attribute.equals(List.of(1L));
  }

  private static boolean isOmittedOr(List<Long> attribute, int size) {
    return attribute.isEmpty() || attribute.size() == size;
  }

  private List<WireMessage> unfold() {
    long outputs = weights.get(0);
    long channels = weights.get(1);
    long kernel = weights.get(2);
    String rows =
        nodes.add(
            "Concat",
            shifted(padded(), kernel),
            nodes.named("rows"),
            NodeWriter.integer("axis", CHANNEL_AXIS));
    String turned =
        nodes.transpose(convolution.input(WEIGHTS), KERNEL_FIRST, nodes.named("weights/turned"));
    String matrix =
        nodes.reshape(
            turned,
            nodes.constant("weights/shape", kernel * channels, outputs),
            nodes.named("weights"));
    String sums =
        nodes.add(
            "MatMulInteger",
            List.of(
                rows, matrix, convolution.input(ZERO_POINT), convolution.input(WEIGHTS_ZERO_POINT)),
            nodes.named("sums"));
    nodes.transpose(sums, TIME_FIRST, convolution.output());
    return nodes.nodes();
  }

  /** The input, time first, with what stands for zero before and behind it. */
  private String padded() {
    String input = nodes.transpose(convolution.input(INPUT), TIME_FIRST, nodes.named("input"));
    List<Long> pads = convolution.integers("pads");
    if (pads.isEmpty() || pads.equals(List.of(0L, 0L))) {
      return input;
    }
    String sizes = nodes.constant("pads", 0, pads.get(0), 0, 0, pads.get(1), 0);
    return nodes.add(
        "Pad", List.of(input, sizes, convolution.input(ZERO_POINT)), nodes.named("padded"));
  }

  /** For every place of the kernel, the inputs that meet it. */
  private List<String> shifted(String input, long kernel) {
    List<Long> strides = convolution.integers("strides");
    String axis = nodes.constant("time", TIME_AXIS);
    String step = nodes.constant("step", strides.isEmpty() ? 1 : strides.get(0));
    List<String> shifted = new ArrayList<>();
    for (long place = 0; place < kernel; place++) {
      long left = kernel - 1 - place;
      String from = nodes.constant("from" + place, place);
      String to = nodes.constant("to" + place, left == 0 ? Long.MAX_VALUE : -left);
      String output = nodes.named("shifted" + place);
      shifted.add(nodes.add("Slice", List.of(input, from, to, axis, step), output));
    }
    return shifted;
  }
}
