package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;

/**
 * Finds what a graph computes for one branch of a choice alone: computed in that branch, it costs
 * nothing when the other one is taken.
 *
 * <p>Quantizers put such nodes before the choice of a merged decoder: at every token the hidden
 * states of the audio were rounded to 8 bits, and only the branch that reads prompts needs them.
 */
final class BranchWork {
  static final String CHOICE = "If";

  private final GraphIndex graph;

  /** By the tensor, the branches of choices that use it. */
  private final Map<String, Set<WireField>> branches = new HashMap<>();

  /** Tensors that are used by graphs which are no branches, such as the body of a loop. */
  private final Set<String> elsewhere = new HashSet<>();

  /** The new graph of each moved node. */
  private final Map<GraphNode, WireField> moved = new HashMap<>();

  private BranchWork(GraphIndex graph) {
    this.graph = graph;
  }

  /**
   * Finds such nodes.
   *
   * @return by the graph of the branch, the nodes in the order of the file
   */
  static Map<WireField, List<GraphNode>> find(GraphIndex graph) throws IOException {
    if (!graph.hasSubgraphs()) {
      return Map.of();
    }
    BranchWork work = new BranchWork(graph);
    work.readUses();
    return work.move();
  }

  private void readUses() throws IOException {
    for (GraphNode node : graph.nodes()) {
      for (WireField inner : node.graphs()) {
        Set<String> used = graph.inside(inner).mentioned();
        if (node.type().equals(CHOICE)) {
          used.forEach(t -> branches.computeIfAbsent(t, key -> new HashSet<>()).add(inner));
        } else {
          elsewhere.addAll(used);
        }
      }
    }
  }

  /** From the last node to the first, so that what is needed by a node that moves may follow it. */
  private Map<WireField, List<GraphNode>> move() {
    List<GraphNode> nodes = graph.nodes();
    for (ListIterator<GraphNode> at = nodes.listIterator(nodes.size()); at.hasPrevious(); ) {
      GraphNode node = at.previous();
      Set<WireField> places = new HashSet<>();
      if (!node.hasSubgraph() && areInBranches(node, places) && places.size() == 1) {
        moved.put(node, places.iterator().next());
      }
    }
    Map<WireField, List<GraphNode>> found = new LinkedHashMap<>();
    for (GraphNode node : nodes) {
      WireField branch = moved.get(node);
      if (branch != null) {
        found.computeIfAbsent(branch, b -> new ArrayList<>()).add(node);
      }
    }
    return found;
  }

  /**
   * Returns whether a node's outputs are used in branches only.
   *
   * @param places filled with these branches
   */
  private boolean areInBranches(GraphNode node, Set<WireField> places) {
    for (String output : node.outputs()) {
      if (elsewhere.contains(output) || graph.outputs().contains(output)) {
        return false;
      }
      for (GraphNode user : graph.consumers(output)) {
        WireField branch = moved.get(user);
        if (branch == null) {
          return false;
        }
        places.add(branch);
      }
      places.addAll(branches.getOrDefault(output, Set.of()));
    }
    return true;
  }
}
