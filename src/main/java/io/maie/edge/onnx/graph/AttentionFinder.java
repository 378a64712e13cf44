package io.maie.edge.onnx.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds attentions that one operator can compute. Anything that is not exactly of this form is
 * passed over:
 *
 * <pre>
 *   query          Reshape (.., heads or -1, size), Transpose, any factors    } or, both merged
 *   transposedKey  Reshape (.., heads, size), Transposes, any factors         } into (batch times
 *   value          Reshape (.., heads, size), Transpose                       } heads, .., size)
 *   product        MatMul(query, transposedKey)
 *   scores         product, or product times or divided by a constant
 *   softmax        Softmax(scores) over the last axis
 *   mix            MatMul(softmax, value)
 * </pre>
 *
 * Nothing else may see what lies between product and mix.
 */
final class AttentionFinder {
  private static final List<Long> SPLIT = List.of(0L, 2L, 1L, 3L);
  private static final List<Long> SPLIT_TRANSPOSED = List.of(0L, 2L, 3L, 1L);
  private static final List<Long> MERGED = List.of(0L, 1L, 2L);
  private static final List<Long> MERGED_TRANSPOSED = List.of(0L, 2L, 1L);

  /** The first version of ONNX's operators whose Softmax is over the last axis by itself. */
  private static final long OPSET_LAST_AXIS = 13;

  private final GraphIndex graph;
  private final HeadTracer tracer;

  private AttentionFinder(GraphIndex graph) {
    this.graph = graph;
    tracer = new HeadTracer(graph);
  }

  /** In the order of the file. */
  static List<Attention> find(GraphIndex graph) {
    List<Attention> found = new ArrayList<>();
    if (!graph.hasSubgraphs()) {
      AttentionFinder finder = new AttentionFinder(graph);
      for (GraphNode node : graph.nodes()) {
        if (node.is("Softmax", 1)) {
          finder.around(node).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private Optional<Attention> around(GraphNode softmax) {
    Optional<GraphNode> mix = graph.onlyConsumer(softmax.output());
    Optional<GraphNode> scores = usedOnlyBy(softmax, softmax.input(0));
    if (mix.isEmpty() || scores.isEmpty() || !mixes(mix.get(), softmax)) {
      return Optional.empty();
    }
    Optional<Scale> scale = scale(scores.get());
    return scale.flatMap(
        known -> {
          Optional<GraphNode> product = product(scores.get(), known);
          return product.flatMap(node -> attention(node, known, scores.get(), softmax, mix.get()));
        });
  }

  private static boolean mixes(GraphNode mix, GraphNode softmax) {
    return mix.is("MatMul", 2)
        && mix.input(0).equals(softmax.output())
        && !mix.input(1).equals(softmax.output());
  }

  private Optional<GraphNode> usedOnlyBy(GraphNode consumer, String tensor) {
    boolean alone = graph.onlyConsumer(tensor).filter(consumer::equals).isPresent();
    return alone ? graph.producer(tensor) : Optional.empty();
  }

  /** Scale of the scores; a missing one is a factor of 1. */
  private Optional<Scale> scale(GraphNode scores) {
    if (scores.is("MatMul", 2)) {
      return Optional.of(new Scale(1, scores.output()));
    }
    if (!scores.is("Mul", 2) && !scores.is("Div", 2)) {
      return Optional.empty();
    }
    List<Double> factor = graph.constant(scores.input(1));
    if (factor.size() != 1 || !(factor.get(0) > 0)) {
      return Optional.empty();
    }
    double scale = scores.is("Mul", 2) ? factor.get(0) : 1 / factor.get(0);
    return Optional.of(new Scale((float) scale, scores.input(0)));
  }

  private Optional<GraphNode> product(GraphNode scores, Scale scale) {
    Optional<GraphNode> product =
        scale.of.equals(scores.output()) ? Optional.of(scores) : usedOnlyBy(scores, scale.of);
    return product.filter(node -> node.is("MatMul", 2));
  }

  private Optional<Attention> attention(
      GraphNode product, Scale scale, GraphNode scores, GraphNode softmax, GraphNode mix) {
    String query = product.input(0);
    String key = product.input(1);
    String value = mix.input(1);
    long split = commonHeads(query, key, value, SPLIT, SPLIT_TRANSPOSED);
    long merged = commonHeads(query, key, value, MERGED, MERGED_TRANSPOSED);
    int rank = split > 0 ? SPLIT.size() : MERGED.size();
    if ((split == 0 && merged == 0) || !lastAxis(softmax, rank)) {
      return Optional.empty();
    }
    return Optional.of(
        new Attention(split, scale.factor, query, key, value, product, scores, softmax, mix));
  }

  /** The number of heads that all three agree on, or 0. */
  private long commonHeads(
      String query, String key, String value, List<Long> straight, List<Long> transposed) {
    Optional<HeadTracer.Heads> ofKey = tracer.heads(key, transposed);
    Optional<HeadTracer.Heads> ofQuery = tracer.heads(query, straight);
    Optional<HeadTracer.Heads> ofValue = tracer.heads(value, straight);
    boolean agree =
        ofKey.isPresent()
            && ofQuery.isPresent()
            && ofValue.isPresent()
            && ofValue.get().count() == ofKey.get().count()
            && fits(ofQuery.get(), ofKey.get());
    return agree ? ofKey.get().count() : 0;
  }

  /** A query that was divided by the size of its heads has as many as the keys it meets. */
  private static boolean fits(HeadTracer.Heads query, HeadTracer.Heads key) {
    boolean bySize =
        query.count() == 0 && query.size() > 0 && query.size() == key.size() && key.count() > 1;
    return bySize || query.count() == key.count();
  }

  private boolean lastAxis(GraphNode softmax, int rank) {
    return isOverLastAxis(softmax, graph.opset())
        || softmax.integers("axis").equals(List.of(rank - 1L));
  }

  /**
   * Returns whether a Softmax is over the last axis, however many there are.
   *
   * @param opset the version of ONNX's operators that the model uses
   */
  static boolean isOverLastAxis(GraphNode softmax, long opset) {
    List<Long> axis = softmax.integers("axis");
    return axis.isEmpty() ? opset >= OPSET_LAST_AXIS : axis.equals(List.of(-1L));
  }

  /** A factor, and the tensor that it is applied to. */
  private record Scale(float factor, String of) {}
}
