package io.maie.edge.onnx.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes of one model that were decided and are still to be written. */
final class GraphEdits {
  private final Map<WireField, List<WireMessage>> replacements = new HashMap<>();
  private final Map<WireField, List<GraphNode>> branchWork = new HashMap<>();
  private final Set<WireField> moved = new HashSet<>();
  private final Set<WireField> unwanted = new HashSet<>();
  private final Map<String, String> secondNames = new HashMap<>();
  private final List<WireMessage> first = new ArrayList<>();
  private final UnalignedReaders unaligned = new UnalignedReaders();
  private ExposedAttentions exposed = ExposedAttentions.none();
  private boolean contributes;

  /** Replaces a node. */
  void replace(WireField node, List<WireMessage> nodes) {
    replacements.put(node, nodes);
  }

  /** Replaces nodes, by their fields. */
  void replace(Map<WireField, List<WireMessage>> nodes) {
    replacements.putAll(nodes);
  }

  /** The nodes in the place of others, by the fields of those. */
  Map<WireField, List<WireMessage>> replacements() {
    return Collections.unmodifiableMap(replacements);
  }

  /** Moves nodes into a branch of a choice, by its graph. */
  void moveIntoBranches(Map<WireField, List<GraphNode>> nodes) {
    branchWork.putAll(nodes);
    nodes.values().forEach(some -> some.forEach(node -> moved.add(node.field())));
  }

  List<GraphNode> movedInto(WireField graph) {
    return branchWork.getOrDefault(graph, List.of());
  }

  boolean isMoved(WireField node) {
    return moved.contains(node);
  }

  void leaveOut(Collection<WireField> outputs) {
    unwanted.addAll(outputs);
  }

  boolean isLeftOut(WireField output) {
    return unwanted.contains(output);
  }

  /** Lets weights be there under another name as well. */
  void nameAgain(Map<String, String> names) {
    secondNames.putAll(names);
  }

  /** The other name, by weight. */
  Map<String, String> secondNames() {
    return Collections.unmodifiableMap(secondNames);
  }

  /** Puts nodes before those of the outermost graph. */
  void begin(List<WireMessage> nodes) {
    first.addAll(nodes);
  }

  List<WireMessage> first() {
    return Collections.unmodifiableList(first);
  }

  void expose(ExposedAttentions attentions) {
    exposed = attentions;
  }

  ExposedAttentions exposed() {
    return exposed;
  }

  UnalignedReaders unaligned() {
    return unaligned;
  }

  /** Notes whether operators of ONNX Runtime's own are used. */
  void contribute(boolean isUsed) {
    contributes |= isUsed;
  }

  boolean contributes() {
    return contributes;
  }
}
