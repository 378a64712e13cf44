package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a decoder of 32-bit floats with its matrices in 8 bits, block by block: a quarter of the
 * size, about half of the time for a token, and nearly the same scores. The other factor of a
 * product with them is rounded block by block as well, by ONNX Runtime's {@code MatMulNBits};
 * biases, positions and normalisations stay as they are. The result depends on nothing but the
 * file.
 *
 * <p>Figures: docs/decisions/0116-decoders-in-8-bit-blocks.md.
 */
public final class BlockRounding {
  private static final int GRAPH = 7;

  private final WireFile file;
  private final RoundedWeights weights;

  private BlockRounding(WireFile file, RoundedWeights weights) {
    this.file = file;
    this.weights = weights;
  }

  /**
   * Writes the rounded model. Holds one matrix at a time in memory, the table of tokens in parts.
   *
   * @param model a file of {@code decoder_model}, merged or not, with its weights inside
   * @throws IOException if it cannot be read, is not a model, or has no such matrices
   */
  public static void write(Path model, OutputStream target) throws IOException {
    try (WireFile file = WireFile.open(model)) {
      List<WireField> fields = file.fields();
      LongMessage rounded = new LongMessage();
      boolean found = false;
      for (WireField field : fields) {
        if (field.number() == GRAPH) {
          RoundedWeights weights = RoundedWeights.find(file, field);
          found |= !weights.matrices().isEmpty();
          rounded.message(GRAPH, new BlockRounding(file, weights).outermost(field));
        } else {
          rounded.copied(file, field);
        }
      }
      if (!found) {
        throw new IOException("expected products with 32-bit floats, found none");
      }
      Map<String, Long> opsets = Opsets.read(file, fields);
      if (!opsets.containsKey(FusedAttention.DOMAIN)) {
        rounded.message(Opsets.FIELD, Opsets.contributed());
      }
      rounded.writeTo(target);
    }
  }

  private LongMessage outermost(WireField field) throws IOException {
    LongMessage graph = new LongMessage();
    for (WireField part : file.fields(field)) {
      if (part.number() != GraphIndex.INITIALIZER
          || weights.isUsed(SmallTensor.read(file, part).name())) {
        part(part, graph);
      }
    }
    weights.matrices().forEach(matrix -> matrix.addTo(graph));
    return graph;
  }

  private void part(WireField part, LongMessage graph) throws IOException {
    List<WireMessage> replacement = weights.replacements().get(part);
    if (replacement != null) {
      replacement.forEach(node -> graph.message(GraphIndex.NODE, node));
    } else if (part.number() == GraphIndex.NODE && GraphNode.read(file, part).hasSubgraph()) {
      graph.message(GraphIndex.NODE, choice(part));
    } else {
      graph.copied(file, part);
    }
  }

  /** A node with graphs inside it. */
  private LongMessage choice(WireField field) throws IOException {
    LongMessage node = new LongMessage();
    for (WireField part : file.fields(field)) {
      if (part.number() == GraphNode.ATTRIBUTE) {
        node.message(GraphNode.ATTRIBUTE, attribute(part));
      } else {
        node.copied(file, part);
      }
    }
    return node;
  }

  private LongMessage attribute(WireField field) throws IOException {
    LongMessage attribute = new LongMessage();
    for (WireField part : file.fields(field)) {
      if (part.number() == GraphNode.Attribute.GRAPH) {
        LongMessage graph = new LongMessage();
        for (WireField inner : file.fields(part)) {
          part(inner, graph);
        }
        attribute.message(GraphNode.Attribute.GRAPH, graph);
      } else {
        attribute.copied(file, part);
      }
    }
    return attribute;
  }
}
