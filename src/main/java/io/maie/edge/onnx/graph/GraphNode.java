package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One operator of a graph. The numbers of fields are those of onnx.proto.
 *
 * @param field the node in its file
 * @param type the operator with its domain before it, if that is not ONNX's own
 * @param attributes by name
 */
record GraphNode(
    WireField field,
    String type,
    List<String> inputs,
    List<String> outputs,
    Map<String, Attribute> attributes) {

  static final int INPUT = 1;
  static final int OUTPUT = 2;
  static final int NAME = 3;
  static final int TYPE = 4;
  static final int ATTRIBUTE = 5;
  static final int DOMAIN = 7;

  GraphNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }

  static GraphNode read(WireFile file, WireField field) throws IOException {
    String type = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Attribute> attributes = new HashMap<>();
    for (WireField part : file.fields(field)) {
      switch (part.number()) {
        case INPUT -> inputs.add(file.text(part));
        case OUTPUT -> outputs.add(file.text(part));
        case TYPE -> type = file.text(part);
        case DOMAIN -> domain = file.text(part);
        case ATTRIBUTE -> {
          Attribute attribute = Attribute.read(file, part);
          attributes.put(attribute.name(), attribute);
        }
        default -> {}
      }
    }
    boolean standard = domain.isEmpty() || domain.equals("ai.onnx");
    String operator = standard ? type : domain + "." + type;
    return new GraphNode(field, operator, inputs, outputs, attributes);
  }

  /** The same operator on tensors of other names. */
  GraphNode renamed(Map<String, String> names) {
    return new GraphNode(field, type, renamed(inputs, names), renamed(outputs, names), attributes);
  }

  private static List<String> renamed(List<String> tensors, Map<String, String> names) {
    return tensors.stream().map(tensor -> names.getOrDefault(tensor, tensor)).toList();
  }

  boolean is(String expected, int inputCount) {
    return type.equals(expected) && inputs.size() == inputCount && outputs.size() == 1;
  }

  String input(int index) {
    return inputs.get(index);
  }

  String output() {
    return outputs.get(0);
  }

  /** Graphs inside the node, such as the branches of a choice. */
  List<WireField> graphs() {
    return attributes.values().stream().flatMap(attribute -> attribute.graphs().stream()).toList();
  }

  boolean hasSubgraph() {
    return !graphs().isEmpty();
  }

  /** The whole numbers of an attribute; empty if there is none such. */
  List<Long> integers(String name) {
    Attribute attribute = attributes.get(name);
    return attribute == null ? List.of() : attribute.integers();
  }

  /**
   * An attribute.
   *
   * @param integers one or several whole numbers; empty if it is something else
   * @param tensors one small tensor; empty if it is something else
   * @param graphs one or several graphs, which may use any tensor of the graph around them
   */
  record Attribute(
      String name, List<Long> integers, List<SmallTensor> tensors, List<WireField> graphs) {
    static final int NAME = 1;
    static final int FLOAT = 2;
    static final int INTEGER = 3;
    static final int TENSOR = 5;
    static final int GRAPH = 6;
    static final int INTEGERS = 8;
    static final int GRAPHS = 11;
    static final int TYPE = 20;

    Attribute {
      integers = List.copyOf(integers);
      tensors = List.copyOf(tensors);
      graphs = List.copyOf(graphs);
    }

    static Attribute read(WireFile file, WireField field) throws IOException {
      String name = "";
      List<Long> integers = new ArrayList<>();
      List<SmallTensor> tensors = new ArrayList<>();
      List<WireField> graphs = new ArrayList<>();
      for (WireField part : file.fields(field)) {
        switch (part.number()) {
          case NAME -> name = file.text(part);
          case INTEGER, INTEGERS -> integers.addAll(file.integers(part));
          case TENSOR -> tensors.add(SmallTensor.read(file, part));
          case GRAPH, GRAPHS -> graphs.add(part);
          default -> {}
        }
      }
      return new Attribute(name, integers, tensors, graphs);
    }
  }
}
