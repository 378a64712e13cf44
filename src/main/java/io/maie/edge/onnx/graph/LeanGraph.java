package io.maie.edge.onnx.graph;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Smaller weights are not worth a page of memory, in bytes. */
  private static final long LEAST_EXTERNAL = 4096;

  /** Largest rest of a model that may lie in the Java heap for a moment, in bytes. */
  private static final long MAX_KEPT = 16L << 20;

  private static final int GRAPH = 7;
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
  private final String location;

  /** Layers whose attentions to the audio are wanted; empty = all. */
  private final Set<Integer> attentionLayers;

  /** Outputs that are left out. */
  private final Set<WireField> unwanted = new HashSet<>();

  /** Replacements of nodes, by their fields. */
  private final Map<WireField, List<WireMessage>> replacements = new HashMap<>();

  /** Nodes that move into a branch of a choice, by its graph. */
  private final Map<WireField, List<GraphNode>> branchWork = new HashMap<>();

  /** The same nodes, by their fields. */
  private final Set<WireField> moved = new HashSet<>();

  private final UnalignedReaders unaligned = new UnalignedReaders();

  private ExposedAttentions exposed = ExposedAttentions.none();

  /** By weight, another name under which it is there as well. */
  private final Map<String, String> secondNames = new HashMap<>();

  /** Nodes that come before those of the outermost graph. */
  private final List<WireMessage> first = new ArrayList<>();

  /** True if operators of ONNX Runtime's own are used. */
  private boolean contributed;

  private long kept;

  private LeanGraph(WireFile file, String location, Set<Integer> attentionLayers) {
    this.file = file;
    this.location = location;
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
      LeanGraph graph = new LeanGraph(file, path.getFileName().toString(), attentionLayers);
      graph.replace(changes);
      return graph.model();
    }
  }

  private void replace(Set<Change> changes) throws IOException {
    List<WireField> fields = file.fields();
    long opset = Opsets.read(file, fields).getOrDefault("", 1L);
    for (WireField field : fields) {
      if (field.number() == GRAPH) {
        if (changes.contains(Change.CROSS_ATTENTIONS)) {
          exposed = ExposedAttentions.find(file, field, opset, attentionLayers);
          unwanted.addAll(UnwantedOutputs.find(file, field, this::isUnwanted));
        }
        unaligned.read(file, field);
        replace(GraphIndex.read(file, field, exposed.renamed()), opset, changes);
      }
    }
  }

  private boolean isUnwanted(String output) {
    return !attentionLayers.isEmpty()
        && output.startsWith(ExposedAttentions.OUTPUT)
        && attentionLayers.stream().noneMatch(l -> output.equals(ExposedAttentions.OUTPUT + l));
  }

  private void replace(GraphIndex graph, long opset, Set<Change> changes) throws IOException {
    SymbolicShapes shapes = SymbolicShapes.of(graph);
    fixReshapes(graph, shapes);
    List<Attention> attentions = attentions(graph, opset, changes);
    if (changes.contains(Change.TURNED_KEYS)) {
      Set<GraphNode> products = attentions.stream().map(Attention::product).collect(toSet());
      turnKeys(graph, shapes, products);
    }
    if (changes.contains(Change.BLOCK_WEIGHTS)) {
      useBlocks(graph);
    }
    if (changes.contains(Change.TABLES_AS_THEY_LIE)) {
      useTables(graph);
    }
    branchWork.putAll(BranchWork.find(file, graph));
    branchWork.values().forEach(nodes -> nodes.forEach(node -> moved.add(node.field())));
    unfold(graph, opset);
    if (changes.contains(Change.LATE_SCORES)) {
      replacements.putAll(LateScores.find(file, graph, opset, replacements.keySet()));
    }
    if (changes.contains(Change.KNOWN_AUDIO)) {
      replacements.putAll(KnownAudio.find(file, graph, opset, replacements));
    }
    if (changes.contains(Change.LOOKED_UP_TABLES)) {
      LookedUpTables tables = LookedUpTables.find(file, graph);
      replacements.putAll(tables.lookups());
      secondNames.putAll(tables.names());
    }
    attentions.forEach(found -> replace(found, changes.contains(Change.FUSED_ATTENTIONS)));
  }

  /** The attentions that fused operators replace. */
  private List<Attention> attentions(GraphIndex graph, long opset, Set<Change> changes) {
    if (!changes.contains(Change.FUSED_ATTENTIONS) && opset < AttentionInParts.OPSET) {
      return List.of();
    }
    return AttentionFinder.find(graph, opset).stream()
        .filter(attention -> !exposed.isExposed(attention.softmax()))
        .toList();
  }

  private void turnKeys(GraphIndex graph, SymbolicShapes shapes, Set<GraphNode> others)
      throws IOException {
    replacements.putAll(TransposedKeys.find(file, graph, shapes, others));
    for (GraphIndex branch : graph.branches(file)) {
      turnKeys(branch, shapes.inside(branch), Set.of());
    }
  }

  private void useBlocks(GraphIndex graph) throws IOException {
    BlockWeights weights = new BlockWeights(graph);
    replacements.putAll(BlockProducts.find(file, graph, graph, weights));
    for (GraphIndex branch : graph.branches(file)) {
      replacements.putAll(BlockProducts.find(file, graph, branch, weights));
    }
    first.addAll(weights.nodes());
    contributed |= !first.isEmpty();
  }

  private void useTables(GraphIndex graph) throws IOException {
    TransposedTable.Found found = TransposedTable.find(file, graph);
    replacements.putAll(found.replacements());
    found.tables().forEach(unaligned::noLongerTurned);
    contributed |= !found.tables().isEmpty();
  }

  private void fixReshapes(GraphIndex graph, SymbolicShapes shapes) throws IOException {
    replacements.putAll(FixedReshapes.find(file, graph, shapes));
    for (GraphIndex branch : graph.branches(file)) {
      fixReshapes(branch, shapes.inside(branch));
    }
  }

  private void unfold(GraphIndex graph, long opset) {
    for (GraphNode node : graph.nodes()) {
      UnfoldedConvolution.nodes(node, graph, opset)
          .ifPresent(nodes -> replacements.put(node.field(), nodes));
    }
  }

  private void replace(Attention attention, boolean fusing) {
    attention.nodes().forEach(node -> replacements.put(node.field(), List.of()));
    replacements.put(
        attention.mix().field(),
        fusing ? FusedAttention.nodes(attention) : AttentionInParts.nodes(attention));
    contributed |= fusing;
  }

  private byte[] model() throws IOException {
    List<WireField> fields = file.fields();
    WireMessage model = new WireMessage();
    for (WireField field : fields) {
      if (field.number() == GRAPH) {
        model.message(GRAPH, graph(field, first));
      } else {
        copy(field, model);
      }
    }
    if (contributed && !Opsets.read(file, fields).containsKey(FusedAttention.DOMAIN)) {
      model.message(Opsets.FIELD, Opsets.contributed());
    }
    return model.toBytes();
  }

  private WireMessage graph(WireField field, List<WireMessage> before) throws IOException {
    WireMessage graph = new WireMessage();
    before.forEach(node -> graph.message(GraphIndex.NODE, node));
    for (GraphNode node : branchWork.getOrDefault(field, List.of())) {
      node(node.field(), graph);
    }
    for (WireField part : file.fields(field)) {
      switch (part.number()) {
        case GraphIndex.NODE -> {
          if (!moved.contains(part)) {
            node(part, graph);
          }
        }
        case GraphIndex.INITIALIZER -> weights(part, graph);
        case GraphIndex.OUTPUT -> {
          if (!unwanted.contains(part)) {
            copy(part, graph);
          }
        }
        default -> copy(part, graph);
      }
    }
    exposed.nodesOf(field).forEach(node -> graph.message(GraphIndex.NODE, node));
    for (String output : exposed.outputsOf(field)) {
      // ONNX Runtime infers type and shape
      graph.message(GraphIndex.OUTPUT, new WireMessage().text(DeclaredTensor.NAME, output));
    }
    return graph;
  }

  private void node(WireField field, WireMessage graph) throws IOException {
    List<WireMessage> replacement = replacements.get(field);
    if (replacement != null) {
      replacement.forEach(node -> graph.message(GraphIndex.NODE, node));
      return;
    }
    GraphNode original = GraphNode.read(file, field);
    GraphNode node = original.renamed(exposed.renamed());
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
          if (!unwanted.contains(part)) {
            node.text(part.number(), name(part));
          }
        }
        default -> copy(part, node);
      }
    }
    exposed.outputsOf(field).forEach(output -> node.text(GraphNode.OUTPUT, output));
    return node;
  }

  private String name(WireField tensor) throws IOException {
    String name = file.text(tensor);
    return exposed.renamed().getOrDefault(name, name);
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
    if (secondNames.containsKey(SmallTensor.read(file, field).name())) {
      graph.message(GraphIndex.INITIALIZER, weights(field, secondNames));
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
        return unaligned.areAllOf(file.text(part)) ? Optional.of(1) : width;
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
    refer(tensor, "location", location);
    refer(tensor, "offset", Long.toString(raw.content()));
    refer(tensor, "length", Long.toString(raw.length()));
    tensor.integer(SmallTensor.LOCATION, LOCATION_EXTERNAL);
  }

  private static void refer(WireMessage tensor, String key, String value) {
    tensor.message(
        SmallTensor.EXTERNAL,
        new WireMessage().text(EXTERNAL_KEY, key).text(EXTERNAL_VALUE, value));
  }

  private void copy(WireField field, WireMessage target) throws IOException {
    kept += field.end() - field.start();
    if (kept > MAX_KEPT) {
      throw new IOException("expected at most " + MAX_KEPT + " bytes that have to be copied");
    }
    target.copied(file.copy(field));
  }
}
