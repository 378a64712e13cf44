package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a model with its edits. Weights are not copied where they can be read in place; everything
 * else is.
 */
final class LeanWriter {
  /** Smaller weights are not worth a page of memory, in bytes. */
  private static final long LEAST_EXTERNAL = 4096;

  /** Largest rest of a model that may lie in the Java heap for a moment, in bytes. */
  private static final long MAX_KEPT = 16L << 20;

  private static final int EXTERNAL_KEY = 1;
  private static final int EXTERNAL_VALUE = 2;
  private static final int LOCATION_EXTERNAL = 1;

  /**
   * Bytes per element of weights, by their type in onnx.proto: 32-bit floats, 8 bits without and
   * with sign, 16-bit floats.
   */
  private static final Map<Long, Integer> WIDTHS =
      Map.of(SmallTensor.TYPE_FLOAT, Float.BYTES, 2L, 1, 3L, 1, 10L, 2);

  private final WireFile file;
  private final GraphEdits edits;

  /** Bytes that were copied so far. */
  private long kept;

  LeanWriter(WireFile file, GraphEdits edits) {
    this.file = file;
    this.edits = edits;
  }

  /** The model, whose weights are looked for in the file. */
  byte[] model() throws IOException {
    List<WireField> fields = file.fields();
    WireMessage model = new WireMessage();
    for (WireField field : fields) {
      if (field.number() == LeanGraph.GRAPH) {
        model.message(LeanGraph.GRAPH, graph(field, edits.first()));
      } else {
        copy(field, model);
      }
    }
    if (edits.contributes() && !Opsets.read(file, fields).containsKey(FusedAttention.DOMAIN)) {
      model.message(Opsets.FIELD, Opsets.contributed());
    }
    return model.toBytes();
  }

  private WireMessage graph(WireField field, List<WireMessage> before) throws IOException {
    WireMessage graph = new WireMessage();
    before.forEach(node -> graph.message(GraphIndex.NODE, node));
    for (GraphNode node : edits.movedInto(field)) {
      node(node.field(), graph);
    }
    for (WireField part : file.fields(field)) {
      switch (part.number()) {
        case GraphIndex.NODE -> {
          if (!edits.isMoved(part)) {
            node(part, graph);
          }
        }
        case GraphIndex.INITIALIZER -> weights(part, graph);
        case GraphIndex.OUTPUT -> {
          if (!edits.isLeftOut(part)) {
            copy(part, graph);
          }
        }
        default -> copy(part, graph);
      }
    }
    edits.exposed().nodesOf(field).forEach(node -> graph.message(GraphIndex.NODE, node));
    for (String output : edits.exposed().outputsOf(field)) {
      // ONNX Runtime infers type and shape
      graph.message(GraphIndex.OUTPUT, new WireMessage().text(DeclaredTensor.NAME, output));
    }
    return graph;
  }

  private void node(WireField field, WireMessage graph) throws IOException {
    List<WireMessage> replacement = edits.replacements().get(field);
    if (replacement != null) {
      replacement.forEach(node -> graph.message(GraphIndex.NODE, node));
      return;
    }
    GraphNode original = GraphNode.read(file, field);
    GraphNode node = original.renamed(edits.exposed().renamed());
    if (node.is("Concat", 1)) {
      graph.message(GraphIndex.NODE, unjoined(node));
    } else if (field.length() < LEAST_EXTERNAL && !node.hasSubgraph() && node.equals(original)) {
      copy(field, graph);
    } else {
      graph.message(GraphIndex.NODE, large(field));
    }
  }

  /**
   * Exporters join keys and values of the audio to an empty cache, of which nothing is left in the
   * graph. ONNX Runtime would copy all of them at every token; it drops what does nothing.
   */
  private static WireMessage unjoined(GraphNode concat) {
    NodeWriter nodes = new NodeWriter(concat.output(), "alone");
    nodes.add("Identity", concat.inputs(), concat.output());
    return nodes.nodes().get(0);
  }

  /**
   * A node that may have graphs with weights in them, such as a choice between two, or whose
   * tensors have other names now.
   */
  private WireMessage large(WireField field) throws IOException {
    WireMessage node = new WireMessage();
    for (WireField part : file.fields(field)) {
      switch (part.number()) {
        case GraphNode.ATTRIBUTE -> node.message(GraphNode.ATTRIBUTE, attribute(part));
        case GraphNode.INPUT, GraphNode.OUTPUT -> {
          if (!edits.isLeftOut(part)) {
            node.text(part.number(), name(part));
          }
        }
        default -> copy(part, node);
      }
    }
    edits.exposed().outputsOf(field).forEach(output -> node.text(GraphNode.OUTPUT, output));
    return node;
  }

  private String name(WireField tensor) throws IOException {
    String name = file.text(tensor);
    return edits.exposed().renamed().getOrDefault(name, name);
  }

  private WireMessage attribute(WireField field) throws IOException {
    WireMessage attribute = new WireMessage();
    for (WireField part : file.fields(field)) {
      if (part.number() == GraphNode.Attribute.GRAPH) {
        attribute.message(GraphNode.Attribute.GRAPH, graph(part, List.of()));
      } else {
        copy(part, attribute);
      }
    }
    return attribute;
  }

  private void weights(WireField field, WireMessage graph) throws IOException {
    graph.message(GraphIndex.INITIALIZER, weights(field, Map.of()));
    if (edits.secondNames().containsKey(SmallTensor.read(file, field).name())) {
      graph.message(GraphIndex.INITIALIZER, weights(field, edits.secondNames()));
    }
  }

  /**
   * Weights, read where they lie if that works.
   *
   * @param names by weight, the name that takes the place of its own
   */
  private WireMessage weights(WireField field, Map<String, String> names) throws IOException {
    List<WireField> parts = file.fields(field);
    if (value(parts, SmallTensor.LOCATION) == LOCATION_EXTERNAL) {
      throw new IOException("expected all weights in one file, found some in another");
    }
    Optional<Integer> alignment = alignment(parts);
    WireMessage tensor = new WireMessage();
    for (WireField part : parts) {
      if (part.number() == SmallTensor.RAW && isReadable(part, alignment)) {
        refer(part, tensor);
      } else if (part.number() == SmallTensor.NAME) {
        String name = file.text(part);
        tensor.text(SmallTensor.NAME, names.getOrDefault(name, name));
      } else if (part.number() != SmallTensor.LOCATION) {
        copy(part, tensor);
      }
    }
    return tensor;
  }

  /** A number in a message; 0 if it is not said. */
  private static long value(List<WireField> parts, int number) {
    return parts.stream()
        .filter(part -> part.number() == number)
        .mapToLong(WireField::value)
        .findFirst()
        .orElse(0);
  }

  /** Alignment of weights, in bytes; empty if they are copied. */
  private Optional<Integer> alignment(List<WireField> parts) throws IOException {
    long type = value(parts, SmallTensor.TYPE);
    Optional<Integer> width = Optional.ofNullable(WIDTHS.get(type));
    for (WireField part : parts) {
      if (type == SmallTensor.TYPE_FLOAT && part.number() == SmallTensor.NAME) {
        return edits.unaligned().areAllOf(file.text(part)) ? Optional.of(1) : width;
      }
    }
    return width;
  }

  private static boolean isReadable(WireField raw, Optional<Integer> alignment) {
    return alignment.isPresent()
        && raw.length() >= LEAST_EXTERNAL
        && raw.content() % alignment.get() == 0;
  }

  private void refer(WireField raw, WireMessage tensor) {
    tensor.message(SmallTensor.EXTERNAL, entry("location", file.name()));
    tensor.message(SmallTensor.EXTERNAL, entry("offset", Long.toString(raw.content())));
    tensor.message(SmallTensor.EXTERNAL, entry("length", Long.toString(raw.length())));
    tensor.integer(SmallTensor.LOCATION, LOCATION_EXTERNAL);
  }

  private static WireMessage entry(String key, String value) {
    return new WireMessage().text(EXTERNAL_KEY, key).text(EXTERNAL_VALUE, value);
  }

  private void copy(WireField field, WireMessage target) throws IOException {
    kept += field.end() - field.start();
    if (kept > MAX_KEPT) {
      throw new IOException("expected at most " + MAX_KEPT + " bytes that have to be copied");
    }
    target.copied(file.copy(field));
  }
}
