package io.maie.edge.text.onnx;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A decoder that reads tokens and scores the one that follows. Used by one thread. */
final class DecoderRun {
  /**
   * Tokens that are read at once: enough to use the processor well, few enough that the scores of
   * all of them fit into little memory, and that a slow device gives a sign of life in between.
   */
  static final int PIECE = 32;

  private final DecoderGraph graph;
  private final int most;
  private final KeyValueCache cache;
  private final TensorMemory scores;
  private final TensorMemory ones;

  /** Tokens that were scored the last time. */
  private int lastScored;

  /**
   * A run that has read nothing.
   *
   * @param most the most tokens that it will ever read, 1 or more
   */
  DecoderRun(DecoderGraph graph, int most) {
    this.graph = graph;
    this.most = most;
    cache = new KeyValueCache(graph.blocks());
    int scored = graph.keepsScores() ? 1 : PIECE;
    scores = TensorMemory.allocate(graph.scoreType(), (long) scored * graph.vocabularySize());
    ones = TensorMemory.allocate(ElementType.INT64, most);
    ones.fill(1);
  }

  int vocabularySize() {
    return graph.vocabularySize();
  }

  /** Forgets what was read. */
  void clear() {
    cache.clear();
  }

  /**
   * Reads some tokens more.
   *
   * @param ids 1 to {@link #PIECE} of them
   */
  void read(long... ids) throws ProcessingException {
    int length = cache.length();
    int all = length + ids.length;
    int scored = graph.keepsScores() ? 1 : ids.length;
    long[] positions = new long[ids.length];
    Arrays.setAll(positions, i -> length + i);
    Map<String, Tensor> inputs = new HashMap<>();
    Map<String, Tensor> outputs = new HashMap<>();
    try {
      inputs.put(DecoderGraph.IDS, Tensor.of(ids, 1, ids.length));
      inputs.put(DecoderGraph.MASK, ones.tensor(1, all));
      if (graph.hasPositions()) {
        inputs.put(DecoderGraph.POSITIONS, Tensor.of(positions, 1, ids.length));
      }
      if (graph.keepsScores()) {
        inputs.put(DecoderGraph.KEPT, Tensor.scalar((long) scored));
      }
      outputs.put(DecoderGraph.SCORES, scores.tensor(1, scored, graph.vocabularySize()));
      cache.bind(ids.length, most, inputs, outputs);
      graph.model().runInto(inputs, outputs);
    } finally {
      inputs.values().forEach(Tensor::close);
      outputs.values().forEach(Tensor::close);
    }
    cache.advance(ids.length);
    lastScored = scored;
  }

  /** Scores of the token that follows what was read last, by token. */
  void scores(float[] target) {
    scores.read((lastScored - 1L) * graph.vocabularySize(), target);
  }
}
