package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Changes a decoder as older exporters wrote it: some of its inputs are reshaped to as many rows as
 * there are of tokens, and no longer multiplied as they come.
 */
public final class BoundRows {
  private static final int GRAPH = 7;

  private final WireFile file;
  private final Predicate<String> bound;

  private BoundRows(WireFile file, Predicate<String> bound) {
    this.file = file;
    this.bound = bound;
  }

  /**
   * Rewrites a model without subgraphs in its place.
   *
   * @param bound names of the inputs, of four axes
   */
  public static void rewrite(Path model, Predicate<String> bound) throws IOException {
    byte[] rewritten;
    try (WireFile file = WireFile.open(model)) {
      rewritten = new BoundRows(file, bound).model();
    }
    Files.write(model, rewritten);
  }

  private byte[] model() throws IOException {
    WireMessage model = new WireMessage();
    for (WireField field : file.fields()) {
      if (field.number() == GRAPH) {
        model.message(GRAPH, graph(field));
      } else {
        model.copied(file.copy(field));
      }
    }
    return model.toBytes();
  }

  private WireMessage graph(WireField field) throws IOException {
    WireMessage graph = new WireMessage();
    List<String> reshaped = new ArrayList<>();
    for (WireField part : file.fields(field)) {
      if (part.number() == GraphIndex.NODE) {
        for (String input : GraphNode.read(file, part).inputs()) {
          if (bound.test(input) && !reshaped.contains(input)) {
            reshaped.add(input);
            reshape(input).forEach(node -> graph.message(GraphIndex.NODE, node));
          }
        }
        graph.message(GraphIndex.NODE, renamed(part));
      } else {
        graph.copied(file.copy(part));
      }
    }
    return graph;
  }

  private static List<WireMessage> reshape(String input) {
    NodeWriter nodes = new NodeWriter(input, "bound");
    String start = nodes.constant("start", 0);
    String one = nodes.constant("one", 1);
    String four = nodes.constant("four", 4);
    String read = nodes.add("Shape", List.of("input_ids"), nodes.named("read"));
    String rows = nodes.add("Slice", List.of(read, start, one), nodes.named("rows"));
    String heard = nodes.add("Shape", List.of(input), nodes.named("heard"));
    String row = nodes.add("Slice", List.of(heard, one, four), nodes.named("row"));
    String shape =
        nodes.add(
            "Concat", List.of(rows, row), nodes.named("shape"), NodeWriter.integer("axis", 0));
    nodes.reshape(input, shape, bound(input));
    return nodes.nodes();
  }

  private WireMessage renamed(WireField field) throws IOException {
    WireMessage node = new WireMessage();
    for (WireField part : file.fields(field)) {
      if (part.number() == GraphNode.INPUT) {
        String input = file.text(part);
        node.text(GraphNode.INPUT, bound.test(input) ? bound(input) : input);
      } else {
        node.copied(file.copy(part));
      }
    }
    return node;
  }

  private static String bound(String input) {
    return input + "/bound";
  }
}
