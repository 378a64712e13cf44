package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Finds outputs of choices that nobody wants. A choice computes all of its outputs, wanted or not,
 * and holds each of them until it ends: of a decoder that returns its attentions to the audio, that
 * is the largest tensor of every layer.
 */
final class UnwantedOutputs {
  private final WireFile file;
  private final WireField graph;
  private final GraphIndex index;
  private final Set<WireField> fields = new HashSet<>();

  private UnwantedOutputs(WireFile file, WireField graph) throws IOException {
    this.file = file;
    this.graph = graph;
    index = GraphIndex.read(file, graph);
  }

  /**
   * The fields that name such outputs: in the choice, in each of its branches, and in the graph.
   *
   * @param graph the model's own
   * @param unwanted tells outputs of the model by their names
   */
  static Set<WireField> find(WireFile file, WireField graph, Predicate<String> unwanted)
      throws IOException {
    UnwantedOutputs outputs = new UnwantedOutputs(file, graph);
    for (GraphNode node : outputs.index.nodes()) {
      if (node.type().equals(BranchWork.CHOICE)) {
        outputs.add(node, unwanted);
      }
    }
    return outputs.fields;
  }

  private void add(GraphNode choice, Predicate<String> unwanted) throws IOException {
    List<String> returned = List.copyOf(index.outputs());
    List<String> names = choice.outputs();
    int[] places =
        IntStream.range(0, names.size())
            .filter(place -> unwanted.test(names.get(place)))
            .filter(place -> returned.contains(names.get(place)))
            .filter(place -> index.consumers(names.get(place)).isEmpty())
            .toArray();
    add(choice.field(), GraphNode.OUTPUT, places);
    for (WireField branch : choice.graphs()) {
      add(branch, GraphIndex.OUTPUT, places);
    }
    add(
        graph,
        GraphIndex.OUTPUT,
        IntStream.of(places).map(place -> returned.indexOf(names.get(place))).toArray());
  }

  private void add(WireField message, int number, int[] places) throws IOException {
    List<WireField> outputs =
        file.fields(message).stream().filter(part -> part.number() == number).toList();
    for (int place : places) {
      fields.add(outputs.get(place));
    }
  }
}
