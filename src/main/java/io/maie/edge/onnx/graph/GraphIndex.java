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

  private final WireFile file;
  private final WireField field;
  private final long opset;
  private final List<GraphNode> nodes = new ArrayList<>();
  private final List<SmallTensor> initializers = new ArrayList<>();
  private final Map<String, GraphNode> producers = new HashMap<>();
  private final Map<String, List<GraphNode>> consumers = new HashMap<>();
  private final Map<String, SmallTensor> constants = new LinkedHashMap<>();
  private final List<DeclaredTensor> inputs = new ArrayList<>();
  private final Map<String, DeclaredTensor> outputs = new LinkedHashMap<>();

  private GraphIndex(WireFile file, WireField field, long opset) {
    this.file = file;
    this.field = field;
    this.opset = opset;
  }

  /** Reads a model's graph. The file must stay open for as long as the index is used. */
  static GraphIndex read(WireFile file, WireField graph) throws IOException {
    long opset = Opsets.read(file, file.fields()).getOrDefault("", 1L);
    return new GraphIndex(file, graph, opset).read();
  }

  private GraphIndex read() throws IOException {
    for (WireField part : file.fields(field)) {
      switch (part.number()) {
        case NODE -> add(GraphNode.read(file, part));
        case INITIALIZER -> addInitializer(SmallTensor.read(file, part));
        case INPUT -> inputs.add(DeclaredTensor.read(file, part));
        case OUTPUT -> addOutput(DeclaredTensor.read(file, part));
        default -> {}
      }
    }
    return this;
  }

  /** Reads a graph inside this one, such as the branch of a choice. */
  GraphIndex inside(WireField inner) throws IOException {
    return new GraphIndex(file, inner, opset).read();
  }

  /**
   * The same graph with other names.
   *
   * @param names by tensors that nodes make, the names that take the place of their own
   */
  GraphIndex renamed(Map<String, String> names) {
    GraphIndex index = new GraphIndex(file, field, opset);
    initializers.forEach(index::addInitializer);
    index.inputs.addAll(inputs);
    outputs.values().forEach(index::addOutput);
    nodes.forEach(node -> index.add(node.renamed(names)));
    return index;
  }

  private void addInitializer(SmallTensor tensor) {
    initializers.add(tensor);
    add(tensor);
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

  WireFile file() {
    return file;
  }

  /** The graph in its file. */
  WireField field() {
    return field;
  }

  /** The version of ONNX's operators that the model uses. */
  long opset() {
    return opset;
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
  List<GraphIndex> branches() throws IOException {
    List<GraphIndex> branches = new ArrayList<>();
    for (GraphNode node : nodes) {
      if (node.type().equals(BranchWork.CHOICE)) {
        for (WireField branch : node.graphs()) {
          branches.add(inside(branch));
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

  /** All names that the graph, or one inside it, mentions, be they its own or of graphs around. */
  Set<String> mentioned() throws IOException {
    Set<String> mentioned = new HashSet<>(outputs.keySet());
    for (GraphNode node : nodes) {
      mentioned.addAll(node.inputs());
      for (WireField inner : node.graphs()) {
        mentioned.addAll(inside(inner).mentioned());
      }
    }
    return mentioned;
  }

  /**
   * Copies a node of this graph.
   *
   * @param names by tensors of the node, the names that take the place of their own
   */
  WireMessage copy(GraphNode original, Map<String, String> names) throws IOException {
    WireMessage node = new WireMessage();
    for (WireField part : file.fields(original.field())) {
      if (part.number() == GraphNode.INPUT || part.number() == GraphNode.OUTPUT) {
        String name = file.text(part);
        node.text(part.number(), names.getOrDefault(name, name));
      } else {
        node.copied(file.copy(part));
      }
    }
    return node;
  }
}
