package io.maie.edge.onnx.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tells from where a tensor comes into how many heads it was divided. */
final class HeadTracer {
  /** Stands for a size that only a run knows. */
  private static final long UNKNOWN = Long.MIN_VALUE;

  private static final List<Long> SPLIT = List.of(0L, 2L, 1L, 3L);

  /** More steps than any exporter takes from the division into heads to the product. */
  private static final int MAX_STEPS = 8;

  private final GraphIndex graph;

  HeadTracer(GraphIndex graph) {
    this.graph = graph;
  }

  /**
   * The known heads; empty if the tensor was not divided into heads.
   *
   * @param order the axes of what was reshaped, as the tensor has them: four, of shape (batch,
   *     length, heads, head size), or three, of shape (batch times heads, length, head size)
   */
  Optional<Heads> heads(String tensor, List<Long> order) {
    Optional<Origin> origin = origin(tensor, identity(order.size()), MAX_STEPS);
    if (origin.isEmpty() || !origin.get().order.equals(order)) {
      return Optional.empty();
    }
    List<Long> shape = shape(origin.get().reshape.input(1));
    if (shape.size() != order.size()) {
      return Optional.empty();
    }
    return order.size() == SPLIT.size()
        ? Optional.of(new Heads(Math.max(0, shape.get(2)), Math.max(0, shape.get(3))))
        : heads(origin.get().reshape.input(0), SPLIT);
  }

  /**
   * The Reshape that a tensor comes from, through transpositions and factors.
   *
   * @param order what happens to the axes behind this tensor
   */
  private Optional<Origin> origin(String tensor, List<Long> order, int steps) {
    Optional<GraphNode> producer = graph.producer(tensor);
    if (producer.isEmpty() || steps == 0) {
      return Optional.empty();
    }
    GraphNode node = producer.get();
    if (node.is("Reshape", 2)) {
      return Optional.of(new Origin(node, order));
    }
    if (node.is("Transpose", 1)) {
      List<Long> first = node.integers("perm");
      return first.size() == order.size()
          ? origin(node.input(0), composed(first, order), steps - 1)
          : Optional.empty();
    }
    if (node.is("Mul", 2)) {
      return origin(node.input(0), order, steps - 1)
          .or(() -> origin(node.input(1), order, steps - 1));
    }
    return node.is("Div", 2) ? origin(node.input(0), order, steps - 1) : Optional.empty();
  }

  private static List<Long> composed(List<Long> first, List<Long> then) {
    return then.stream().map(axis -> first.get(axis.intValue())).toList();
  }

  private static List<Long> identity(int rank) {
    return IntStream.range(0, rank).mapToObj(axis -> (long) axis).toList();
  }

  /** The sizes that a Reshape asks for; empty if not even their number is known. */
  private List<Long> shape(String tensor) {
    List<Double> constant = graph.constant(tensor);
    Optional<GraphNode> producer = graph.producer(tensor);
    if (!constant.isEmpty()) {
      return constant.stream().map(Double::longValue).toList();
    }
    if (producer.isEmpty()) {
      return List.of();
    }
    return switch (producer.get().type()) {
      case "Concat" -> concatenated(producer.get());
      case "Unsqueeze" -> List.of(UNKNOWN);
      default -> List.of();
    };
  }

  private List<Long> concatenated(GraphNode concat) {
    List<Long> sizes = new ArrayList<>();
    for (String part : concat.inputs()) {
      List<Long> known = shape(part);
      if (known.isEmpty()) {
        return List.of();
      }
      sizes.addAll(known);
    }
    return sizes;
  }

  /**
   * Heads of a tensor.
   *
   * @param count 0 if only a run knows
   * @param size of each; 0 if only a run knows
   */
  record Heads(long count, long size) {}

  /** A Reshape and the order in which its axes arrive. */
  private record Origin(GraphNode reshape, List<Long> order) {}
}
