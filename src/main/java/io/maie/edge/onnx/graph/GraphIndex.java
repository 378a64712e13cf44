package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the makers and the users of the tensors of a graph. The numbers of fields are those of
 * onnx.proto.
 */
final class GraphIndex {
  static final int NODE = 1;
  static final int NAME = 2;
  static final int INITIALIZER = 5;
  static final int INPUT = 11;
  static final int OUTPUT = 12;

  private final List<GraphNode> nodes = new ArrayList<>();
  private final Map<String, GraphNode> producers = new HashMap<>();
  private final Map<String, List<GraphNode>> consumers = new HashMap<>();
  private final Map<String, SmallTensor> constants = new LinkedHashMap<>();
  private final List<DeclaredTensor> inputs = new ArrayList<>();
  private final Map<String, DeclaredTensor> outputs = new LinkedHashMap<>();

  private GraphIndex() {}

  static GraphIndex read(WireFile file, WireField graph) throws IOException {
    return read(file, graph, Map.of());
  }

  /**
   * Reads a graph.
   *
   * @param renamed by tensors that nodes make, the names that take the place of their own
   */
  static GraphIndex read(WireFile file, WireField graph, Map<String, String> renamed)
      throws IOException {
    GraphIndex index = new GraphIndex();
    for (WireField field : file.fields(graph)) {
      switch (field.number()) {
        case NODE -> index.add(GraphNode.read(file, field).renamed(renamed));
        case INITIALIZER -> index.add(SmallTensor.read(file, field));
        case INPUT -> index.inputs.add(DeclaredTensor.read(file, field));
        case OUTPUT -> index.addOutput(DeclaredTensor.read(file, field));
        default -> {}
      }
    }
    return index;
  }

  private void add(GraphNode node) {
    nodes.add(node);
    node.outputs().forEach(output -> producers.put(output, node));
    node.inputs()
        .forEach(input -> consumers.computeIfAbsent(input, i -> new ArrayList<>()).add(node));
    GraphNode.Attribute value = node.attributes().get("value");
    if (node.is("Constant", 0) && value != null) {
      value.tensors().forEach(tensor -> add(tensor.named(node.output())));
    }
  }

  private void add(SmallTensor tensor) {
    constants.put(tensor.name(), tensor);
  }

  private void addOutput(DeclaredTensor output) {
    outputs.put(output.name(), output);
  }

  /** In the order of the file. */
  List<GraphNode> nodes() {
    return nodes;
  }

  Optional<GraphNode> producer(String tensor) {
    return Optional.ofNullable(producers.get(tensor));
  }

  /** Returns whether some node has a graph of its own, whose uses of tensors are not known here. */
  boolean hasSubgraphs() {
    return nodes.stream().anyMatch(GraphNode::hasSubgraph);
  }

  /** The graphs of all choices. */
  List<GraphIndex> branches(WireFile file) throws IOException {
    List<GraphIndex> branches = new ArrayList<>();
    for (GraphNode node : nodes) {
      if (node.type().equals(BranchWork.CHOICE)) {
        for (WireField branch : node.graphs()) {
          branches.add(read(file, branch));
        }
      }
    }
    return branches;
  }

  /** The nodes that use a tensor, without those whose graphs do. */
  List<GraphNode> consumers(String tensor) {
    return consumers.getOrDefault(tensor, List.of());
  }

  /** The tensors that the caller sees, in the order of the file. */
  Set<String> outputs() {
    return outputs.keySet();
  }

  /** Inputs and outputs. */
  List<DeclaredTensor> declared() {
    return Stream.concat(inputs.stream(), outputs.values().stream()).toList();
  }

  /** The node that alone uses a tensor; empty if there are several, or the caller sees it. */
  Optional<GraphNode> onlyConsumer(String tensor) {
    List<GraphNode> all = consumers(tensor);
    boolean alone = all.size() == 1 && !outputs.containsKey(tensor);
    return alone ? Optional.of(all.get(0)) : Optional.empty();
  }

  /** The values of a small constant; empty for anything else. */
  List<Double> constant(String tensor) {
    SmallTensor constant = constants.get(tensor);
    return constant == null ? List.of() : constant.values();
  }

  /** The sizes of the axes of a constant; empty for scalars, and for what is computed. */
  List<Long> shape(String tensor) {
    SmallTensor constant = constants.get(tensor);
    return constant == null ? List.of() : constant.shape();
  }

  /** A weight or another constant. */
  Optional<SmallTensor> tensor(String name) {
    return Optional.ofNullable(constants.get(name));
  }

  /** Weights and other constants. */
  Collection<SmallTensor> constants() {
    return constants.values();
  }

  List<DeclaredTensor> inputs() {
    return inputs;
  }

  /** All names that a graph, or one inside it, mentions, be they its own or of graphs around it. */
  static Set<String> mentioned(WireFile file, WireField graph) throws IOException {
    GraphIndex index = read(file, graph);
    Set<String> mentioned = new HashSet<>(index.outputs.keySet());
    for (GraphNode node : index.nodes) {
      mentioned.addAll(node.inputs());
      for (WireField inner : node.graphs()) {
        mentioned.addAll(mentioned(file, inner));
      }
    }
    return mentioned;
  }
}
