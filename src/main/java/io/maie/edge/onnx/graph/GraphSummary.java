package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Summary of a model file. Reading it passes over the weights. The numbers of fields are those of
 * onnx.proto.
 *
 * @param metadata the exporter's remarks, by their names
 * @param inputs in the order of the graph, without those that have values already
 * @param outputs in the order of the graph
 */
public record GraphSummary(Map<String, String> metadata, List<Port> inputs, List<Port> outputs) {
  private static final int GRAPH = 7;
  private static final int METADATA = 14;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int TENSOR_NAME = 8;

  public GraphSummary {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * An input or output.
   *
   * @param sizes of the axes; 0 where only a run knows; empty if the graph does not declare them
   */
  public record Port(String name, List<Long> sizes) {

    public Port {
      sizes = List.copyOf(sizes);
    }

    /** The size of the last axis, if the graph tells. */
    public Optional<Long> lastSize() {
      return sizes.isEmpty()
          ? Optional.empty()
          : Optional.of(sizes.get(sizes.size() - 1)).filter(size -> size > 0);
    }

    /** The size of an axis, if the graph tells. */
    public Optional<Long> size(int axis) {
      return axis < sizes.size()
          ? Optional.of(sizes.get(axis)).filter(size -> size > 0)
          : Optional.empty();
    }
  }

  /**
   * Reads {@code file}.
   *
   * @throws IOException if it cannot be read, or is no model
   */
  public static GraphSummary read(Path file) throws IOException {
    try (WireFile wire = WireFile.open(file)) {
      GraphSummary summary = new Reader(wire).read();
      if (summary.inputs.isEmpty() || summary.outputs.isEmpty()) {
        throw new IOException("expected a graph with inputs and outputs: '" + file + "'");
      }
      return summary;
    }
  }

  /** Collects what a model file says. */
  private static final class Reader {
    private final WireFile wire;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();

    Reader(WireFile wire) {
      this.wire = wire;
    }

    GraphSummary read() throws IOException {
      for (WireField field : wire.fields()) {
        if (field.number() == GRAPH) {
          addPorts(field);
        } else if (field.number() == METADATA) {
          addEntry(field);
        }
      }
      return new GraphSummary(metadata, inputs, outputs);
    }

    private void addPorts(WireField graph) throws IOException {
      Set<String> weights = new HashSet<>();
      for (WireField field : wire.fields(graph)) {
        switch (field.number()) {
          case GraphIndex.INITIALIZER -> weights.add(nameOf(field));
          case GraphIndex.INPUT -> inputs.add(port(DeclaredTensor.read(wire, field)));
          case GraphIndex.OUTPUT -> outputs.add(port(DeclaredTensor.read(wire, field)));
          default -> {}
        }
      }
      inputs.removeIf(input -> weights.contains(input.name()));
    }

    private String nameOf(WireField tensor) throws IOException {
      for (WireField part : wire.fields(tensor)) {
        if (part.number() == TENSOR_NAME) {
          return wire.text(part);
        }
      }
      return "";
    }

    private static Port port(DeclaredTensor tensor) {
      List<Long> sizes =
          tensor.axes().stream().flatMap(List::stream).map(DeclaredTensor.Axis::size).toList();
      return new Port(tensor.name(), sizes);
    }

    private void addEntry(WireField entry) throws IOException {
      String key = "";
      String value = "";
      for (WireField part : wire.fields(entry)) {
        if (part.number() == KEY) {
          key = wire.text(part);
        } else if (part.number() == VALUE) {
          value = wire.text(part);
        }
      }
      metadata.put(key, value);
    }
  }
}
