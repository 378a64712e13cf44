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
  private final GraphIndex graph;
  private final Set<WireField> fields = new HashSet<>();

  private UnwantedOutputs(GraphIndex graph) {
    this.graph = graph;
  }

  /**
   * The fields that name such outputs: in the choice, in each of its branches, and in the graph.
   *
   * @param graph the model's own
   * @param unwanted tells outputs of the model by their names
   */
  static Set<WireField> find(GraphIndex graph, Predicate<String> unwanted) throws IOException {
    UnwantedOutputs outputs = new UnwantedOutputs(graph);
    for (GraphNode node : graph.nodes()) {
      if (node.type().equals(BranchWork.CHOICE)) {
        outputs.add(node, unwanted);
      }
    }
    return outputs.fields;
  }

  private void add(GraphNode choice, Predicate<String> unwanted) throws IOException {
    List<String> returned = List.copyOf(graph.outputs());
    List<String> names = choice.outputs();
    int[] places =
        IntStream.range(0, names.size())
            .filter(place -> unwanted.test(names.get(place)))
            .filter(place -> returned.contains(names.get(place)))
            .filter(place -> graph.consumers(names.get(place)).isEmpty())
            .toArray();
    add(parts(choice.field(), GraphNode.OUTPUT), places);
    for (WireField branch : choice.graphs()) {
      add(parts(branch, GraphIndex.OUTPUT), places);
    }
    add(
        parts(graph.field(), GraphIndex.OUTPUT),
        IntStream.of(places).map(place -> returned.indexOf(names.get(place))).toArray());
  }

  private List<WireField> parts(WireField message, int number) throws IOException {
    return graph.file().fields(message).stream().filter(part -> part.number() == number).toList();
  }

  private void add(List<WireField> outputs, int[] places) {
    for (int place : places) {
      fields.add(outputs.get(place));
    }
  }
}
