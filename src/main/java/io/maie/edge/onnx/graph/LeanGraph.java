package io.maie.edge.onnx.graph;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A model without its weights, which computes the same with less memory and time: weights are read
 * where they lie in the model's file, attentions never hold all scores at once, convolutions of
 * 8-bit numbers are products of matrices, what one branch of a choice needs is computed there, and
 * shapes that are known are not computed. The numbers of fields are those of onnx.proto.
 */
public final class LeanGraph {
  /** Optional changes. */
  public enum Change {
    /** Attentions are computed by ONNX Runtime's own operator instead of one part after another. */
    FUSED_ATTENTIONS,

    /** Hidden states are multiplied with the table of tokens as it lies, by ONNX Runtime's own. */
    TABLES_AS_THEY_LIE,

    /** Rows of tables that are multiplied with, too, are looked up in the model's file. */
    LOOKED_UP_TABLES,

    /**
     * A decoder's attentions to the audio become outputs {@code cross_attentions.N}, N being the
     * layer, counted from 0: shape (batch, heads, length, frames), the probabilities over the
     * frames. Layers in which none is found are left out, as are those that the file returns by
     * itself.
     */
    CROSS_ATTENTIONS,

    /**
     * The length of the past tells a merged decoder that reads a prompt the first token whose
     * scores are wanted, counted from 1.
     */
    LATE_SCORES,

    /**
     * A merged decoder that reads a prompt takes keys and values of the audio from the past if that
     * has more than one position, and returns them as they are.
     */
    KNOWN_AUDIO,

    /** Keys of an attention are multiplied as they lie: queries are scaled in their place. */
    TURNED_KEYS,

    /**
     * Products with 8-bit weights round what is multiplied with them block by block. Slow on
     * processors for which ONNX Runtime has no code of its own.
     */
    BLOCK_WEIGHTS
  }

  /** The graph within a model. */
  static final int GRAPH = 7;

  private final WireFile file;
  private final GraphEdits edits = new GraphEdits();

  /** Layers whose attentions to the audio are wanted; empty = all. */
  private final Set<Integer> attentionLayers;

  private LeanGraph(WireFile file, Set<Integer> attentionLayers) {
    this.file = file;
    this.attentionLayers = attentionLayers;
  }

  /**
   * Rewrites weights, choices, convolutions and attentions. Without {@link Change#FUSED_ATTENTIONS}
   * attentions keep the exporter's operators, one part after the other.
   *
   * @return the model, whose weights are looked for in the file of this name in its folder
   * @throws IOException that says why the file should be opened as it is: it cannot be read, is not
   *     a model, has weights in other files, or too much of it cannot be read in place; not if
   *     there is nothing to change
   */
  public static byte[] of(Path path, Set<Change> changes) throws IOException {
    return of(path, changes, Set.of());
  }

  /**
   * Rewrites a decoder that should return the attentions of some layers.
   *
   * @param attentionLayers the layers for {@link Change#CROSS_ATTENTIONS}, counted from 0; a choice
   *     does not return those of others. Empty = all
   */
  public static byte[] of(Path path, Set<Change> changes, Set<Integer> attentionLayers)
      throws IOException {
    try (WireFile file = WireFile.open(path)) {
      LeanGraph graph = new LeanGraph(file, attentionLayers);
      graph.replace(changes);
      return new LeanWriter(file, graph.edits).model();
    }
  }

  private void replace(Set<Change> changes) throws IOException {
    for (WireField field : file.fields()) {
      if (field.number() == GRAPH) {
        GraphIndex graph = GraphIndex.read(file, field);
        if (changes.contains(Change.CROSS_ATTENTIONS)) {
          edits.expose(ExposedAttentions.find(graph, attentionLayers));
          edits.leaveOut(UnwantedOutputs.find(graph, this::isUnwanted));
        }
        edits.unaligned().read(file, field);
        replace(graph.renamed(edits.exposed().renamed()), changes);
      }
    }
  }

  private boolean isUnwanted(String output) {
    return !attentionLayers.isEmpty()
        && output.startsWith(ExposedAttentions.OUTPUT)
        && attentionLayers.stream().noneMatch(l -> output.equals(ExposedAttentions.OUTPUT + l));
  }

  private void replace(GraphIndex graph, Set<Change> changes) throws IOException {
    SymbolicShapes shapes = SymbolicShapes.of(graph);
    fixReshapes(shapes);
    List<Attention> attentions = attentions(graph, changes);
    if (changes.contains(Change.TURNED_KEYS)) {
      Set<GraphNode> products = attentions.stream().map(Attention::product).collect(toSet());
      turnKeys(shapes, products);
    }
    if (changes.contains(Change.BLOCK_WEIGHTS)) {
      useBlocks(graph);
    }
    if (changes.contains(Change.TABLES_AS_THEY_LIE)) {
      useTables(graph);
    }
    edits.moveIntoBranches(BranchWork.find(graph));
    unfold(graph);
    if (changes.contains(Change.LATE_SCORES)) {
      edits.replace(LateScores.find(graph, edits.replacements().keySet()));
    }
    if (changes.contains(Change.KNOWN_AUDIO)) {
      edits.replace(KnownAudio.find(graph, edits.replacements()));
    }
    if (changes.contains(Change.LOOKED_UP_TABLES)) {
      LookedUpTables tables = LookedUpTables.find(graph);
      edits.replace(tables.lookups());
      edits.nameAgain(tables.names());
    }
    attentions.forEach(found -> replace(found, changes.contains(Change.FUSED_ATTENTIONS)));
  }

  /** The attentions that fused operators replace. */
  private List<Attention> attentions(GraphIndex graph, Set<Change> changes) {
    if (!changes.contains(Change.FUSED_ATTENTIONS) && graph.opset() < AttentionInParts.OPSET) {
      return List.of();
    }
    return AttentionFinder.find(graph).stream()
        .filter(attention -> !edits.exposed().isExposed(attention.softmax()))
        .toList();
  }

  private void turnKeys(SymbolicShapes shapes, Set<GraphNode> others) throws IOException {
    edits.replace(TransposedKeys.find(shapes, others));
    for (GraphIndex branch : shapes.graph().branches()) {
      turnKeys(shapes.inside(branch), Set.of());
    }
  }

  private void useBlocks(GraphIndex graph) throws IOException {
    BlockWeights weights = new BlockWeights(graph);
    edits.replace(BlockProducts.find(graph, weights));
    for (GraphIndex branch : graph.branches()) {
      edits.replace(BlockProducts.find(branch, weights));
    }
    edits.begin(weights.nodes());
    edits.contribute(!weights.nodes().isEmpty());
  }

  private void useTables(GraphIndex graph) throws IOException {
    TransposedTable.Found found = TransposedTable.find(graph);
    edits.replace(found.replacements());
    found.tables().forEach(edits.unaligned()::noLongerTurned);
    edits.contribute(!found.tables().isEmpty());
  }

  private void fixReshapes(SymbolicShapes shapes) throws IOException {
    edits.replace(FixedReshapes.find(shapes));
    for (GraphIndex branch : shapes.graph().branches()) {
      fixReshapes(shapes.inside(branch));
    }
  }

  private void unfold(GraphIndex graph) {
    for (GraphNode node : graph.nodes()) {
      UnfoldedConvolution.nodes(node, graph).ifPresent(nodes -> edits.replace(node.field(), nodes));
    }
  }

  private void replace(Attention attention, boolean fusing) {
    attention.nodes().forEach(node -> edits.replace(node.field(), List.of()));
    edits.replace(
        attention.mix().field(),
        fusing ? FusedAttention.nodes(attention) : AttentionInParts.nodes(attention));
    edits.contribute(fusing);
  }
}
