package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Spares scores that nobody reads. The branch of a merged decoder that reads a prompt ignores the
 * past, so the length of the past can tell it the first token whose scores are wanted, counted from
 * 1: a past of one position asks for the scores of all tokens, as before. A decoder that reads a
 * text again for its attentions alone then multiplies one token with the vocabulary, not a hundred.
 *
 * <pre>
 *   before   hidden = last(..);            logits = MatMul(hidden, vocabulary)
 *   after    whole = last(..);  hidden = Slice(whole, length of the past - 1, to the end)
 * </pre>
 */
final class LateScores {
  /** Slice takes places as tensors since this version of ONNX's operators. */
  private static final long OPSET = 10;

  private static final String CACHE = "use_cache_branch";
  private static final String PROMPT_BRANCH = "else_branch";
  private static final String LOGITS = "logits";
  private static final String PAST = "past_key_values.0.decoder.key";

  /** The axis of positions in a past, and that of tokens in hidden states. */
  private static final long POSITIONS = 2;

  private static final long TOKENS = 1;
  private static final Set<String> PRODUCTS = Set.of("MatMul", "com.microsoft.MatMulNBits");

  private final GraphIndex graph;

  private LateScores(GraphIndex graph) {
    this.graph = graph;
  }

  /**
   * The replacement of the node that makes the hidden states.
   *
   * @param others nodes that something else stands for
   * @return empty if the graph is no merged decoder of the usual form
   */
  static Map<WireField, List<WireMessage>> find(GraphIndex graph, Set<WireField> others)
      throws IOException {
    boolean hasPast = graph.inputs().stream().anyMatch(input -> input.name().equals(PAST));
    if (graph.opset() < OPSET || !hasPast) {
      return Map.of();
    }
    LateScores scores = new LateScores(graph);
    Optional<GraphNode> source = scores.source();
    return source.isEmpty() || others.contains(source.get().field())
        ? Map.of()
        : Map.of(source.get().field(), scores.sliced(source.get()));
  }

  /** The node that makes what is multiplied with the vocabulary, and nothing else. */
  private Optional<GraphNode> source() throws IOException {
    for (GraphNode choice : graph.nodes()) {
      GraphNode.Attribute prompt = choice.attributes().get(PROMPT_BRANCH);
      int place = choice.outputs().indexOf(LOGITS);
      if (choice.inputs().equals(List.of(CACHE)) && prompt != null && place >= 0) {
        GraphIndex branch = graph.inside(prompt.graphs().get(0));
        String logits = List.copyOf(branch.outputs()).get(place);
        return branch
            .producer(logits)
            .filter(product -> PRODUCTS.contains(product.type()))
            .filter(product -> branch.onlyConsumer(product.input(0)).equals(Optional.of(product)))
            .flatMap(product -> branch.producer(product.input(0)))
            .filter(node -> node.outputs().size() == 1 && !node.hasSubgraph());
      }
    }
    return Optional.empty();
  }

  private List<WireMessage> sliced(GraphNode source) throws IOException {
    NodeWriter writer = new NodeWriter(source.output(), "late");
    String whole = writer.named("whole");
    writer.add(graph.copy(source, Map.of(source.output(), whole)));
    String shape = writer.add("Shape", List.of(PAST), writer.named("past"));
    String length =
        writer.add(
            "Slice",
            List.of(
                shape, writer.constant("at", POSITIONS), writer.constant("behind", POSITIONS + 1)),
            writer.named("length"));
    String from =
        writer.add("Sub", List.of(length, writer.constant("one", 1)), writer.named("from"));
    writer.add(
        "Slice",
        List.of(
            whole, from, writer.constant("end", Long.MAX_VALUE), writer.constant("tokens", TOKENS)),
        source.output());
    return writer.nodes();
  }
}
