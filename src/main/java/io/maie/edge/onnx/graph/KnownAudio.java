package io.maie.edge.onnx.graph;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Spares keys and values of the audio that the caller knows. The branch of a merged decoder that
 * reads a prompt computes them of the hidden states and ignores the past, so the length of their
 * past can tell it that they are there: one position asks for computing them, as before. A text
 * that is read again, for its attentions or with another prompt, then costs its own tokens alone.
 *
 * <pre>
 *   before   keys = Transpose(Reshape(MatMul(hidden, weights)))
 *   after    rest = known ? none of hidden : hidden;   product = MatMul(rest, weights)
 *            keys = If(known, past, Transpose(Reshape(product)))
 * </pre>
 *
 * The products stay outside of the choice: ONNX Runtime would not arrange their weights beforehand
 * in a choice within a choice, nor add what is added to them in the same step.
 */
final class KnownAudio {
  /** Slice takes places as tensors since this version of ONNX's operators. */
  private static final long OPSET = 10;

  private static final String CACHE = "use_cache_branch";
  private static final String PROMPT_BRANCH = "else_branch";
  private static final String HIDDEN = "encoder_hidden_states";
  private static final String PRESENT = "present.";
  private static final String PAST = "past_key_values.";
  private static final String OF_AUDIO = ".encoder.";

  /** The axis of positions in a past, and in hidden states. */
  private static final long PAST_POSITIONS = 2;

  private static final long POSITIONS = 1;

  /** Names of the tensors that all share. */
  private static final String PREFIX = "audio";

  private static final String KNOWN = PREFIX + "/known";
  private static final String REST = PREFIX + "/rest";
  private static final String FIRST_PAST = PAST + "0.encoder.key";

  private static final Set<String> PRODUCTS = Set.of("MatMul", "com.microsoft.MatMulNBits");

  /** A join of one tensor, to nothing. */
  private static final String JOIN = "Concat";

  private static final Set<String> SHAPING = Set.of("Identity", "Reshape", "Transpose");

  private final GraphIndex branch;

  /** By the node, what stands for it already. */
  private final Map<WireField, List<WireMessage>> others;

  private final Map<WireField, List<WireMessage>> replacements = new HashMap<>();

  private KnownAudio(GraphIndex branch, Map<WireField, List<WireMessage>> others) {
    this.branch = branch;
    this.others = others;
  }

  /**
   * The replacements of nodes.
   *
   * @param others what stands for nodes already
   * @return empty if the graph is no merged decoder of the usual form
   */
  static Map<WireField, List<WireMessage>> find(
      GraphIndex graph, Map<WireField, List<WireMessage>> others) throws IOException {
    Set<String> inputs = graph.inputs().stream().map(DeclaredTensor::name).collect(toSet());
    for (GraphNode choice : graph.nodes()) {
      GraphNode.Attribute prompt = choice.attributes().get(PROMPT_BRANCH);
      if (graph.opset() >= OPSET && choice.inputs().equals(List.of(CACHE)) && prompt != null) {
        KnownAudio audio = new KnownAudio(graph.inside(prompt.graphs().get(0)), others);
        audio.replaceAll(choice.outputs(), inputs);
        return audio.replacements;
      }
    }
    return Map.of();
  }

  /**
   * Replaces all keys and values, or none: one length of the past speaks for all.
   *
   * @param names of the branch's outputs, outside
   */
  private void replaceAll(List<String> names, Set<String> inputs) throws IOException {
    List<String> outputs = List.copyOf(branch.outputs());
    List<Way> ways = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).startsWith(PRESENT) && names.get(i).contains(OF_AUDIO)) {
        String past = PAST + names.get(i).substring(PRESENT.length());
        Optional<Way> way = way(outputs.get(i), past);
        if (way.isEmpty() || !inputs.contains(past)) {
          return;
        }
        ways.add(way.get());
      }
    }
    for (GraphNode node : branch.nodes()) {
      for (Way way : ways) {
        if (way.product().equals(node)) {
          // what all need stands before the first of them
          List<WireMessage> nodes = new ArrayList<>(replacements.isEmpty() ? shared() : List.of());
          NodeWriter writer = new NodeWriter(node.output(), "unknown");
          writer.add(branch.copy(node, Map.of(HIDDEN, REST)));
          nodes.addAll(writer.nodes());
          replacements.put(node.field(), nodes);
        }
      }
    }
    for (Way way : ways) {
      choose(way);
    }
  }

  /** Tells whether keys and values are known, and takes no hidden states if they are. */
  private static List<WireMessage> shared() {
    NodeWriter writer = new NodeWriter(PREFIX, "shared");
    String zero = writer.constant("zero", 0);
    String one = writer.constant("one", 1);
    String shape = writer.add("Shape", List.of(FIRST_PAST), writer.named("past"));
    String axis = writer.constant("axis", PAST_POSITIONS);
    String behind = writer.constant("behind", PAST_POSITIONS + 1);
    String length = writer.add("Slice", List.of(shape, axis, behind), writer.named("length"));
    writer.add("Greater", List.of(length, one), KNOWN);
    String all = writer.constant("all", Long.MAX_VALUE);
    String end = writer.add("Where", List.of(KNOWN, zero, all), writer.named("end"));
    String positions = writer.constant("positions", POSITIONS);
    writer.add("Slice", List.of(HIDDEN, zero, end, positions), REST);
    return writer.nodes();
  }

  /** The past, or what the nodes make that are moved into the other branch of a choice. */
  private void choose(Way way) throws IOException {
    String output = way.last().output();
    NodeWriter keeping = new NodeWriter(output, "kept");
    String kept = keeping.add("Identity", List.of(way.past()), keeping.named("past"));
    NodeWriter making = new NodeWriter(output, "made");
    String made = making.named("now");
    for (GraphNode node : way.shaping()) {
      List<WireMessage> other = others.get(node.field());
      if (node.is(JOIN, 1)) {
        making.add("Identity", node.inputs(), node.output().equals(output) ? made : node.output());
      } else if (other == null) {
        making.add(branch.copy(node, Map.of(output, made)));
      } else {
        making.addAll(other);
      }
      replacements.put(node.field(), List.of());
    }
    NodeWriter choice = new NodeWriter(output, "known");
    choice.add(
        BranchWork.CHOICE,
        List.of(KNOWN),
        output,
        NodeWriter.graph("then_branch", keeping, kept),
        NodeWriter.graph(PROMPT_BRANCH, making, made));
    replacements.put(way.last().field(), choice.nodes());
  }

  /**
   * The way of keys or values from the hidden states.
   *
   * @param product makes them
   * @param shaping what follows, from the first node on; its last output is seen by the caller
   * @param past the input that holds them if they are known
   */
  private record Way(GraphNode product, List<GraphNode> shaping, String past) {
    GraphNode last() {
      return shaping.get(shaping.size() - 1);
    }
  }

  private Optional<Way> way(String output, String past) {
    List<GraphNode> shaping = new ArrayList<>();
    Optional<GraphNode> next = branch.producer(output);
    while (next.isPresent() && isShaping(next.get())) {
      if (!shaping.isEmpty() && branch.onlyConsumer(next.get().output()).isEmpty()) {
        return Optional.empty();
      }
      shaping.add(0, next.get());
      next = branch.producer(next.get().input(0));
    }
    return next.filter(node -> !shaping.isEmpty() && isUsedOnce(node))
        .flatMap(this::product)
        .filter(product -> product.input(0).equals(HIDDEN) && isUsedOnce(product))
        .map(product -> new Way(product, List.copyOf(shaping), past))
        .filter(way -> !others.containsKey(way.last().field()));
  }

  private static boolean isShaping(GraphNode node) {
    return SHAPING.contains(node.type()) || node.is(JOIN, 1);
  }

  private boolean isUsedOnce(GraphNode node) {
    return branch.onlyConsumer(node.output()).isPresent() && !others.containsKey(node.field());
  }

  /** The product that a node is, or to which it adds something. */
  private Optional<GraphNode> product(GraphNode node) {
    List<String> summands = node.is("Add", 2) ? node.inputs() : List.of();
    return Stream.concat(
            Stream.of(node), summands.stream().flatMap(each -> branch.producer(each).stream()))
        .filter(each -> PRODUCTS.contains(each.type()))
        .findFirst();
  }
}
