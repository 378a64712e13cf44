package io.maie.edge.onnx.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the attentions of a decoder to the audio: a product of Softmax with the values that the
 * decoder takes as {@code past_key_values.N.encoder.value} or returns as {@code
 * present.N.encoder.value}, the names that Hugging Face's exporter gives to them. Between Softmax
 * and the product, and between the named tensor and the product, may lie operators that only change
 * the shape or the type.
 */
final class CrossAttentions {
  private static final Pattern VALUES =
      Pattern.compile("(?:past_key_values|present)\\.(\\d{1,3})\\.encoder\\.value");

  private static final Set<String> SAME_NUMBERS =
      Set.of("Identity", "Cast", "Reshape", "Transpose", "Squeeze", "Unsqueeze", "Dropout");

  /** More steps than any exporter takes from a named tensor to the product. */
  private static final int MAX_STEPS = 8;

  private final GraphIndex graph;

  /** By the tensor, the layer whose values it has. */
  private final Map<String, Integer> layers;

  private CrossAttentions(GraphIndex graph, Map<String, Integer> layers) {
    this.graph = graph;
    this.layers = new HashMap<>(layers);
  }

  /** The attentions of a model's graph. */
  static CrossAttentions of(GraphIndex graph) {
    Map<String, Integer> named = new HashMap<>();
    for (DeclaredTensor tensor : graph.declared()) {
      layer(tensor.name()).ifPresent(layer -> named.put(tensor.name(), layer));
    }
    CrossAttentions attentions = new CrossAttentions(graph, named);
    attentions.spread();
    return attentions;
  }

  /**
   * The cross-attentions of a graph inside this one.
   *
   * @param outputs what this graph calls the outputs of the inner one
   */
  CrossAttentions inside(GraphIndex inner, List<String> outputs) {
    CrossAttentions attentions = new CrossAttentions(inner, layers);
    int next = 0;
    for (String output : inner.outputs()) {
      Integer layer = next < outputs.size() ? layers.get(outputs.get(next)) : null;
      if (layer != null) {
        attentions.layers.put(output, layer);
      }
      next++;
    }
    attentions.spread();
    return attentions;
  }

  /** The layer whose values are called so by exporters. */
  static Optional<Integer> layer(String name) {
    Matcher matcher = VALUES.matcher(name);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  /** Finds the other tensors that have the same numbers as those whose layer is known. */
  private void spread() {
    Map.copyOf(layers)
        .forEach((tensor, layer) -> path(tensor).forEach(t -> layers.putIfAbsent(t, layer)));
    for (GraphNode node : graph.nodes()) {
      if (keepsNumbers(node) && layers.containsKey(node.input(0))) {
        layers.putIfAbsent(node.outputs().get(0), layers.get(node.input(0)));
      }
    }
  }

  /** By the layer, the Softmax of those that have exactly one. */
  SortedMap<Integer, GraphNode> softmaxes() {
    SortedMap<Integer, GraphNode> softmaxes = new TreeMap<>();
    Set<Integer> severalTimes = new HashSet<>();
    for (GraphNode node : graph.nodes()) {
      if (node.is("MatMul", 2)) {
        Integer layer = layers.get(node.input(1));
        Optional<GraphNode> softmax = softmaxBehind(node.input(0));
        boolean isAttention = layer != null && softmax.isPresent();
        if (isAttention && softmaxes.put(layer, softmax.get()) != null) {
          severalTimes.add(layer);
        }
      }
    }
    softmaxes.keySet().removeAll(severalTimes);
    return softmaxes;
  }

  private Optional<GraphNode> softmaxBehind(String weights) {
    List<String> path = path(weights);
    return graph.producer(path.get(path.size() - 1)).filter(this::isSoftmax);
  }

  private boolean isSoftmax(GraphNode node) {
    return node.is("Softmax", 1) && AttentionFinder.isOverLastAxis(node, graph.opset());
  }

  /** A tensor, and those with the same numbers that it is made of, backwards. */
  private List<String> path(String tensor) {
    List<String> path = new ArrayList<>(List.of(tensor));
    Optional<String> before = before(tensor);
    while (before.isPresent() && path.size() <= MAX_STEPS) {
      path.add(before.get());
      before = before(before.get());
    }
    return path;
  }

  private Optional<String> before(String tensor) {
    return graph
        .producer(tensor)
        .filter(CrossAttentions::keepsNumbers)
        .filter(node -> node.outputs().get(0).equals(tensor))
        .map(node -> node.input(0));
  }

  private static boolean keepsNumbers(GraphNode node) {
    return (SAME_NUMBERS.contains(node.type()) && !node.inputs().isEmpty()) || node.is("Concat", 1);
  }
}
