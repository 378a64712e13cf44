package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Takes the attentions out of the outputs of a decoder, of its choice and of both branches. */
final class WithoutOutputs {
  private static final int GRAPH = 7;

  private final WireFile file;
  private final byte[] bytes;

  private WithoutOutputs(WireFile file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Writes the model as it is published without attentions. */
  static Path write(Path model, Path target) throws IOException {
    try (WireFile file = WireFile.open(model)) {
      WithoutOutputs without = new WithoutOutputs(file, Files.readAllBytes(model));
      WireMessage written = new WireMessage();
      for (WireField field : file.fields()) {
        if (field.number() == GRAPH) {
          written.message(GRAPH, without.graph(field));
        } else {
          written.copied(without.copy(field));
        }
      }
      return Files.write(target, written.toBytes());
    }
  }

  private WireMessage graph(WireField field) throws IOException {
    GraphIndex index = GraphIndex.read(file, field);
    WireMessage graph = new WireMessage();
    for (WireField part : file.fields(field)) {
      if (part.number() == GraphIndex.OUTPUT) {
        if (!isAttention(DeclaredTensor.read(file, part).name())) {
          graph.copied(copy(part));
        }
      } else if (part.number() == GraphIndex.NODE && GraphNode.read(file, part).hasSubgraph()) {
        graph.message(GraphIndex.NODE, choice(part, index.outputs()));
      } else if (part.number() != GraphIndex.NODE || !isForNobody(part, index)) {
        graph.copied(copy(part));
      }
    }
    return graph;
  }

  /** Returns whether a node makes only an attention that is returned no more. */
  private boolean isForNobody(WireField field, GraphIndex index) throws IOException {
    List<String> made = GraphNode.read(file, field).outputs();
    return made.stream().allMatch(WithoutOutputs::isAttention)
        && made.stream().allMatch(tensor -> index.consumers(tensor).isEmpty());
  }

  private WireMessage choice(WireField field, Set<String> outputs) throws IOException {
    List<Integer> taken = new ArrayList<>();
    WireMessage node = new WireMessage();
    int output = 0;
    for (WireField part : file.fields(field)) {
      boolean isAttention =
          part.number() == GraphNode.OUTPUT
              && isAttention(file.text(part))
              && outputs.contains(file.text(part));
      if (isAttention) {
        taken.add(output);
      }
      output += part.number() == GraphNode.OUTPUT ? 1 : 0;
      if (part.number() == GraphNode.ATTRIBUTE) {
        node.message(GraphNode.ATTRIBUTE, attribute(part, taken));
      } else if (!isAttention) {
        node.copied(copy(part));
      }
    }
    return node;
  }

  private WireMessage attribute(WireField field, List<Integer> taken) throws IOException {
    WireMessage attribute = new WireMessage();
    for (WireField part : file.fields(field)) {
      if (part.number() == GraphNode.Attribute.GRAPH) {
        attribute.message(GraphNode.Attribute.GRAPH, branch(part, taken));
      } else {
        attribute.copied(copy(part));
      }
    }
    return attribute;
  }

  private WireMessage branch(WireField field, List<Integer> taken) throws IOException {
    WireMessage graph = new WireMessage();
    int output = 0;
    for (WireField part : file.fields(field)) {
      boolean isOutput = part.number() == GraphIndex.OUTPUT;
      if (!isOutput || !taken.contains(output)) {
        graph.copied(copy(part));
      }
      output += isOutput ? 1 : 0;
    }
    return graph;
  }

  /** The weights of a real model are more than a {@link WireFile} reads at once. */
  private byte[] copy(WireField field) {
    return Arrays.copyOfRange(bytes, (int) field.start(), (int) field.end());
  }

  private static boolean isAttention(String name) {
    return name.startsWith(ExposedAttentions.OUTPUT);
  }
}
