package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a decoder takes one row of keys and values of the audio for several rows of
 * tokens. Products of matrices are defined for that (ONNX {@code MatMul} repeats an axis of size
 * 1), but an export may reshape them by the number of rows before. So it is tried: two rows that
 * share the audio have to be given the same scores, to the bit, as two with a copy each.
 */
final class CrossAttentionSharing {
  private static final Logger LOG = LoggerFactory.getLogger(CrossAttentionSharing.class);

  private static final int ROWS = 2;

  /** Positions of the audio that are enough for a trial, if the graph does not ask for all. */
  private static final int FEW_FRAMES = 8;

  private final DecoderGraph graph;
  private final DecoderShape shape;

  /** Null until it was tried. */
  private @Nullable Boolean possible;

  CrossAttentionSharing(DecoderGraph graph) {
    this.graph = graph;
    shape = graph.shape();
  }

  /**
   * The answer, which is looked for once.
   *
   * @param read keys and values of one token or more
   * @param heard keys and values of one chunk or more; neither is changed
   * @param hidden what graphs ask for that do not need it
   */
  boolean isPossible(AttentionCache read, AttentionCache heard, Tensor hidden)
      throws ProcessingException {
    Boolean known = possible;
    if (known == null) {
      known = attempt(read, heard, hidden);
      possible = known;
      LOG.debug("Tried whether rows can share the audio possible={}", known);
    }
    return known;
  }

  /** Any numbers that a graph may meet will do; their meaning does not matter. */
  private boolean attempt(AttentionCache read, AttentionCache heard, Tensor hidden)
      throws ProcessingException {
    int frames = graph.heardFrames().orElse(FEW_FRAMES);
    try (AttentionCache tokens = repeated(read, 1);
        AttentionCache audio = repeated(heard, frames)) {
      Caches caches = new Caches(tokens, audio, frames, hidden);
      return isSame(scores(caches, RowRange.of(ROWS)), caches);
    }
  }

  /**
   * Caches of two rows that are alike.
   *
   * @param frames positions of the audio
   * @param hidden what graphs ask for that do not need it
   */
  private record Caches(AttentionCache tokens, AttentionCache audio, int frames, Tensor hidden) {}

  private boolean isSame(float[] copied, Caches caches) throws ProcessingException {
    try {
      return Arrays.equals(copied, scores(caches, RowRange.of(1)));
    } catch (ProcessingException e) {
      if (e.code() == FailureCode.MODEL_MEMORY_ERROR) {
        throw e;
      }
      LOG.debug("A decoder does not take one row of audio for several of tokens", e);
      return false;
    }
  }

  private AttentionCache repeated(AttentionCache cache, int positions) throws ProcessingException {
    AttentionCache rows = new AttentionCache(shape, graph.cacheType());
    rows.reserve(ROWS, positions, 0, 0);
    for (int row = 0; row < ROWS; row++) {
      cache.copyRow(0, rows, row, positions);
    }
    return rows;
  }

  private float[] scores(Caches caches, RowRange heard) throws ProcessingException {
    int layers = shape.layers();
    int vocabularySize = shape.vocabularySize();
    TensorMemory logits = TensorMemory.allocate(graph.logitsType(), (long) ROWS * vocabularySize);
    Map<String, Tensor> past = new HashMap<>();
    Map<String, Tensor> outputs = new HashMap<>();
    try (AttentionCache written = new AttentionCache(shape, graph.cacheType());
        Tensor ids = Tensor.of(new long[] {0, 1}, ROWS, 1);
        Tensor all = logits.tensor(ROWS, 1, vocabularySize)) {
      written.reserve(ROWS, 2, 0, 0);
      RowRange both = RowRange.of(ROWS);
      caches.tokens.view(DecoderGraph.names(DecoderGraph.PAST_SELF, layers), both, 1, past);
      caches.audio.view(
          DecoderGraph.names(DecoderGraph.PAST_CROSS, layers), heard, caches.frames, past);
      written.view(DecoderGraph.names(DecoderGraph.PRESENT_SELF, layers), both, 2, outputs);
      outputs.put(DecoderGraph.LOGITS, all);
      graph.next(ids, caches.hidden, past, outputs);
    }
    float[] scores = new float[ROWS * vocabularySize];
    logits.read(0, scores);
    return scores;
  }
}
