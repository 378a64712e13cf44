package io.maie.edge.text.onnx;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.TensorShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The graph of a decoder with a cache of keys and values, as Hugging Face's optimum and ONNX
 * Runtime's model builder export it.
 *
 * @param hasPositions whether it asks for the position of each token
 * @param keepsScores whether an input says how many tokens to score, counted from the last
 * @param blocks of the cache, in the order of the graph's inputs
 * @param vocabularySize number of tokens that have a score
 */
record DecoderGraph(
    OnnxModel model,
    boolean hasPositions,
    boolean keepsScores,
    List<Block> blocks,
    int vocabularySize,
    ElementType scoreType) {
  static final String IDS = "input_ids";
  static final String MASK = "attention_mask";
  static final String POSITIONS = "position_ids";
  static final String KEPT = "num_logits_to_keep";
  static final String SCORES = "logits";
  private static final String PAST = "past_key_values.";
  private static final String PRESENT = "present.";
  private static final String EMBEDDINGS = "inputs_embeds";

  DecoderGraph {
    blocks = List.copyOf(blocks);
  }

  /**
   * The keys or values of a layer: a tensor of shape (1, heads, positions, size), packed.
   *
   * @param past name of the input
   * @param present name of the output
   */
  record Block(String past, String present, ElementType type, int heads, int size) {
    long elements(int positions) {
      return (long) heads * positions * size;
    }

    long[] shape(int positions) {
      return new long[] {1, heads, positions, size};
    }
  }

  /**
   * Looks at a graph.
   *
   * @param vocabularySize of the model's settings, where the graph does not tell
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it is not the graph of a decoder
   */
  static DecoderGraph of(OnnxModel model, int vocabularySize) throws ProcessingException {
    Map<String, TensorShape> outputs = new HashMap<>();
    model.outputs().forEach(output -> outputs.put(output.name(), output));
    Set<String> plain = new TreeSet<>();
    List<Block> blocks = new ArrayList<>();
    for (TensorShape input : model.inputs()) {
      if (input.name().startsWith(PAST)) {
        blocks.add(block(model, input, outputs));
      } else {
        plain.add(input.name());
      }
    }
    TensorShape scores = outputs.get(SCORES);
    if (plain.contains(EMBEDDINGS)) {
      throw refused(
          model,
          "it takes the embeddings of tokens ('%s'), which another graph makes; exports in one graph, with %s, are served"
              .formatted(EMBEDDINGS, IDS));
    }
    boolean isKnown = Set.of(IDS, MASK, POSITIONS, KEPT).containsAll(plain);
    if (blocks.isEmpty() || scores == null || !isKnown || !plain.containsAll(Set.of(IDS, MASK))) {
      throw refused(
          model,
          "expected inputs %s, %s and %sN.key, and an output %s, found inputs %s and outputs %s"
              .formatted(IDS, MASK, PAST, SCORES, plain, new TreeSet<>(outputs.keySet())));
    }
    long last = scores.shape().get(scores.shape().size() - 1);
    int size = last > 0 ? Math.toIntExact(last) : vocabularySize;
    if (size < 1) {
      throw refused(model, "neither the graph nor config.json tells the size of the vocabulary");
    }
    return new DecoderGraph(
        model, plain.contains(POSITIONS), plain.contains(KEPT), blocks, size, scores.type());
  }

  private static Block block(OnnxModel model, TensorShape input, Map<String, TensorShape> outputs)
      throws ProcessingException {
    String present = PRESENT + input.name().substring(PAST.length());
    boolean isWhole =
        outputs.containsKey(present)
            && input.shape().size() == 4
            && input.shape().get(1) > 0
            && input.shape().get(3) > 0
            && (input.type() == ElementType.FLOAT32 || input.type() == ElementType.FLOAT16);
    if (!isWhole) {
      throw refused(
          model,
          "expected floats of shape (1, heads, positions, size) that come back as '%s', found %s"
              .formatted(present, input));
    }
    return new Block(
        input.name(),
        present,
        input.type(),
        Math.toIntExact(input.shape().get(1)),
        Math.toIntExact(input.shape().get(3)));
  }

  private static ProcessingException refused(OnnxModel model, String reason) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "The graph '%s' is not that of a language model: %s"
            .formatted(model.file().getFileName(), reason),
        "Install another model; 'maie-edge models catalog' lists those that are known to work");
  }
}
