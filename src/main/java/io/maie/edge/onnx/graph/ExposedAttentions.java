package io.maie.edge.onnx.graph;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Declares the probabilities of a decoder's {@link CrossAttentions} as outputs, under the names
 * that exports with timestamps give to them, where the file does not. They are what the graph
 * computes in any case, so that they cost nothing until somebody asks for them.
 */
final class ExposedAttentions {
  /** Followed by the layer. */
  static final String OUTPUT = "cross_attentions.";

  /** By the tensor, the name that takes the place of its own. */
  private final Map<String, String> renamed = new HashMap<>();

  /**
   * Tensors of the outermost graph, under their new names, that the caller or a node added sees.
   */
  private final Set<String> seen = new HashSet<>();

  /** Outputs that are added to a graph, by its field. */
  private final Map<WireField, List<String>> outputs = new HashMap<>();

  /** Outputs that are added to a choice, by its field. */
  private final Map<WireField, List<String>> choices = new HashMap<>();

  /** Nodes that are added to a graph behind its own, by its field. */
  private final Map<WireField, List<WireMessage>> nodes = new HashMap<>();

  private final Set<Integer> wanted;

  private ExposedAttentions(Set<Integer> wanted) {
    this.wanted = wanted;
  }

  /** Adds nothing. */
  static ExposedAttentions none() {
    return new ExposedAttentions(Set.of());
  }

  /**
   * Looks for attentions in a model's graph, or in both branches of the choice that a merged
   * decoder consists of.
   *
   * @param wanted layers that a choice is to return; empty = all
   */
  static ExposedAttentions find(GraphIndex graph, Set<Integer> wanted) throws IOException {
    ExposedAttentions exposed = new ExposedAttentions(wanted);
    Part main = Part.of(graph);
    for (GraphNode node : graph.nodes()) {
      if (node.type().equals(BranchWork.CHOICE)) {
        exposed.addChoice(main, node);
      }
    }
    if (exposed.choices.isEmpty()) {
      exposed.addPlain(main);
    }
    return exposed;
  }

  private void addPlain(Part main) {
    for (int layer : main.softmaxes.keySet()) {
      String softmax = main.softmax(layer);
      String name = OUTPUT + layer;
      long heads = main.heads(layer);
      if (main.returns(layer)) {
        continue;
      }
      if (main.isFit(layer) && !main.graph.hasSubgraphs()) {
        renamed.put(softmax, name);
        seen.add(name);
        at(outputs, main.field()).add(name);
      } else if (heads > 0) {
        divide(main.field(), softmax, heads, name);
        seen.add(softmax);
        at(outputs, main.field()).add(name);
      }
    }
  }

  private boolean isWanted(int layer) {
    return wanted.isEmpty() || wanted.contains(layer);
  }

  private void addChoice(Part main, GraphNode choice) throws IOException {
    List<Part> branches = new ArrayList<>();
    for (WireField inner : choice.graphs()) {
      branches.add(main.inside(inner, choice));
    }
    for (int layer : branches.get(0).softmaxes.keySet()) {
      long heads = main.heads(layer);
      boolean inAll =
          branches.stream()
              .allMatch(
                  branch ->
                      branch.softmaxes.containsKey(layer) && (heads > 0 || branch.isFit(layer)));
      if (inAll && !main.returns(layer) && isWanted(layer)) {
        branches.forEach(branch -> add(branch, layer, heads));
        at(choices, choice.field()).add(OUTPUT + layer);
        at(outputs, main.field()).add(OUTPUT + layer);
      }
    }
  }

  private void add(Part branch, int layer, long heads) {
    String softmax = branch.softmax(layer);
    if (branch.isFit(layer)) {
      at(outputs, branch.field()).add(softmax);
    } else {
      String divided = softmax + "/exposed";
      divide(branch.field(), softmax, heads, divided);
      at(outputs, branch.field()).add(divided);
    }
  }

  /** Gives every head an axis of its own, be it part of the first axis or not. */
  private void divide(WireField graph, String softmax, long heads, String output) {
    NodeWriter writer = new NodeWriter(output, "divided");
    String shape = writer.add("Shape", List.of(softmax), writer.named("shape"));
    String last =
        writer.add(
            "Slice",
            List.of(shape, writer.constant("from", -2), writer.constant("to", Long.MAX_VALUE)),
            writer.named("last"));
    String first = writer.constant("first", NodeWriter.REST, heads);
    String sizes =
        writer.add(
            "Concat", List.of(first, last), writer.named("sizes"), NodeWriter.integer("axis", 0));
    writer.reshape(softmax, sizes, output);
    nodes.computeIfAbsent(graph, g -> new ArrayList<>()).addAll(writer.nodes());
  }

  private static List<String> at(Map<WireField, List<String>> names, WireField field) {
    return names.computeIfAbsent(field, f -> new ArrayList<>());
  }

  /** Returns whether somebody reads what a Softmax of the outermost graph makes. */
  boolean isExposed(GraphNode softmax) {
    return seen.contains(softmax.output());
  }

  /** By tensors of the outermost graph, the names that take the place of their own. */
  Map<String, String> renamed() {
    return renamed;
  }

  /** Additional outputs of a graph, or of a choice. */
  List<String> outputsOf(WireField graphOrChoice) {
    return outputs.getOrDefault(graphOrChoice, choices.getOrDefault(graphOrChoice, List.of()));
  }

  /** Additional nodes at the end of a graph. */
  List<WireMessage> nodesOf(WireField graph) {
    return nodes.getOrDefault(graph, List.of());
  }

  /**
   * A graph, the model's own or the branch of a choice.
   *
   * @param softmaxes by the layer
   */
  private record Part(
      GraphIndex graph,
      SymbolicShapes shapes,
      CrossAttentions attentions,
      SortedMap<Integer, GraphNode> softmaxes) {

    /**
     * Axes of an attention: (batch, heads, length, frames); of values (batch, heads, frames, size).
     */
    private static final int RANK = 4;

    private static final int HEADS_AXIS = 1;

    static Part of(GraphIndex graph) {
      CrossAttentions attentions = CrossAttentions.of(graph);
      return new Part(graph, SymbolicShapes.of(graph), attentions, attentions.softmaxes());
    }

    Part inside(WireField branch, GraphNode choice) throws IOException {
      GraphIndex inner = graph.inside(branch);
      CrossAttentions found = attentions.inside(inner, choice.outputs());
      return new Part(inner, shapes.inside(inner), found, found.softmaxes());
    }

    WireField field() {
      return graph.field();
    }

    String softmax(int layer) {
      return requireNonNull(softmaxes.get(layer), "layer has no softmax").output();
    }

    /** Returns whether the file returns an attention by itself. */
    boolean returns(int layer) {
      return graph.outputs().contains(OUTPUT + layer);
    }

    /** Returns whether the probabilities can be returned as they are. */
    boolean isFit(int layer) {
      String softmax = softmax(layer);
      return !graph.outputs().contains(softmax)
          && shapes.shape(softmax).filter(shape -> shape.size() == RANK).isPresent();
    }

    /** The number of heads of a layer that inputs or outputs declare; 0 if they declare none. */
    long heads(int layer) {
      return graph.declared().stream()
          .filter(tensor -> CrossAttentions.layer(tensor.name()).equals(Optional.of(layer)))
          .flatMap(tensor -> tensor.axes().stream())
          .filter(axes -> axes.size() == RANK)
          .mapToLong(axes -> axes.get(HEADS_AXIS).size())
          .max()
          .orElse(0);
    }
  }
}
