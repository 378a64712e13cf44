package io.maie.edge.asr.whisper;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decoder in the middle of its work: rows, each of which continues one hypothesis about one
 * chunk, and their caches. What is cached stays in native memory: each call writes the new caches
 * into one block while it reads the old ones from another, and rows are moved by copying memory.
 * Used by one thread at a time, for one batch after the other.
 */
final class DecoderRun {
  /** Room for this many more tokens is made at once. */
  private static final int GROWTH = 64;

  private final DecoderGraph graph;
  private final WhisperShape shape;
  private final int vocabularySize;
  private final List<String> pastSelf;
  private final List<String> pastCross;
  private final List<String> presentSelf;
  private final List<String> presentCross;

  private @Nullable Memory memory;
  private @Nullable EncodedChunks audio;

  /** The chunk of each row, ascending. */
  private int[] chunkOf = {};

  /** Where each row lies in the caches: among the rows of its chunk, which lie together. */
  private int[] places = {};

  /** Tokens read by every row. */
  private int length;

  /** Tokens per row in the last scores. */
  private int scored;

  DecoderRun(DecoderGraph graph, WhisperSettings settings) {
    this.graph = graph;
    shape = settings.shape();
    vocabularySize = settings.tokens().vocabularySize();
    int layers = shape.decoderLayers();
    pastSelf = DecoderGraph.names(DecoderGraph.PAST_SELF, layers);
    pastCross = DecoderGraph.names(DecoderGraph.PAST_CROSS, layers);
    presentSelf = DecoderGraph.names(DecoderGraph.PRESENT_SELF, layers);
    presentCross = DecoderGraph.names(DecoderGraph.PRESENT_CROSS, layers);
  }

  /**
   * Begins anew, with one row per chunk.
   *
   * @param prompt what every row reads first
   */
  void begin(EncodedChunks chunks, int[] prompt) throws ProcessingException {
    audio = chunks;
    int rows = chunks.chunks();
    chunkOf = RowPlaces.inOrder(rows);
    places = RowPlaces.inOrder(rows);
    Memory blocks = memory();
    blocks.past.reserve(rows, prompt.length + GROWTH, 0, 0);
    blocks.cross.reserve(rows, shape.encoderFrames(), 0, 0);
    Map<String, Tensor> outputs = new HashMap<>();
    try (Tensor tokens = Tensor.of(repeated(prompt, rows), rows, prompt.length);
        Tensor hidden = chunks.all()) {
      blocks.past.view(presentSelf, rows, prompt.length, outputs);
      blocks.cross.view(presentCross, rows, shape.encoderFrames(), outputs);
      outputs.put(DecoderGraph.LOGITS, blocks.logits(rows, prompt.length));
      graph.prompt(tokens, hidden, outputs);
    } finally {
      outputs.values().forEach(Tensor::close);
    }
    length = prompt.length;
    scored = prompt.length;
  }

  /**
   * Reads one more token per row.
   *
   * @param tokens one per new row
   * @param origins the row, before this call, that each new row continues; ascending by chunk
   */
  void next(int[] tokens, int[] origins) throws ProcessingException {
    arrange(origins);
    int rows = tokens.length;
    Memory blocks = memory();
    blocks.present.reserve(rows, Math.max(length + 1, roundedUp(length + 1)), 0, 0);
    long[] ids = new long[rows];
    for (int row = 0; row < rows; row++) {
      ids[places[row]] = tokens[row];
    }
    Map<String, Tensor> past = new HashMap<>();
    Map<String, Tensor> outputs = new HashMap<>();
    try (Tensor input = Tensor.of(ids, rows, 1);
        Tensor hidden = audio().all()) {
      blocks.past.view(pastSelf, rows, length, past);
      blocks.cross.view(pastCross, rows, shape.encoderFrames(), past);
      blocks.present.view(presentSelf, rows, length + 1, outputs);
      outputs.put(DecoderGraph.LOGITS, blocks.logits(rows, 1));
      graph.next(input, hidden, past, outputs);
    } finally {
      past.values().forEach(Tensor::close);
      outputs.values().forEach(Tensor::close);
    }
    blocks.swap();
    length++;
    scored = 1;
  }

  int rows() {
    return chunkOf.length;
  }

  /** Scores of the token that follows in a row, into {@code target}. */
  void scores(int row, float[] target) throws ProcessingException {
    scores(row, scored - 1, target);
  }

  /**
   * Scores of the token that follows {@code position} of the prompt, after {@link #begin}.
   *
   * @param target shape (vocabulary size)
   */
  void scores(int row, int position, float[] target) throws ProcessingException {
    long at = (long) places[row] * scored + position;
    memory().logits.read(at * vocabularySize, target);
  }

  /** Brings rows to where they go on. */
  private void arrange(int[] origins) throws ProcessingException {
    int[] chunks = Arrays.stream(origins).map(row -> chunkOf[row]).toArray();
    if (Arrays.equals(chunks, chunkOf)) {
      moveWithinChunks(origins);
    } else {
      gather(origins, chunks);
    }
    chunkOf = chunks;
  }

  private void moveWithinChunks(int[] origins) throws ProcessingException {
    AttentionCache past = memory().past;
    int[] next = RowPlaces.after(places, origins);
    for (int row = 0; row < origins.length; row++) {
      past.copyRow(places[origins[row]], past, next[row], length);
    }
    places = next;
  }

  /** More or fewer rows than before. */
  private void gather(int[] origins, int[] chunks) throws ProcessingException {
    Memory blocks = memory();
    blocks.present.reserve(chunks.length, roundedUp(length + 1), 0, 0);
    for (int row = 0; row < origins.length; row++) {
      blocks.past.copyRow(places[origins[row]], blocks.present, row, length);
    }
    blocks.swap();
    arrangeCross(blocks.cross, chunks);
    places = RowPlaces.inOrder(chunks.length);
  }

  /** All rows of a chunk have the same; so first one row per chunk moves up, then down. */
  private void arrangeCross(AttentionCache cross, int[] chunks) {
    int[] distinct = Arrays.stream(chunks).distinct().toArray();
    int frames = shape.encoderFrames();
    int from = 0;
    for (int to = 0; to < distinct.length; to++) {
      while (chunkOf[from] != distinct[to]) {
        from++;
      }
      cross.copyRow(from, cross, to, frames);
    }
    cross.reserve(chunks.length, frames, distinct.length, frames);
    int source = distinct.length - 1;
    for (int to = chunks.length - 1; to >= 0; to--) {
      while (distinct[source] != chunks[to]) {
        source--;
      }
      cross.copyRow(source, cross, to, frames);
    }
  }

  private int roundedUp(int positions) {
    return Math.min(shape.maxTokens(), (positions / GROWTH + 1) * GROWTH);
  }

  private Memory memory() throws ProcessingException {
    Memory known = memory;
    if (known == null) {
      known = new Memory(shape, vocabularySize, graph.cacheType(), graph.logitsType());
      memory = known;
    }
    return known;
  }

  private EncodedChunks audio() {
    if (audio == null) {
      throw new IllegalStateException("expected begin() first");
    }
    return audio;
  }

  private static long[] repeated(int[] prompt, int rows) {
    long[] all = new long[prompt.length * rows];
    Arrays.setAll(all, i -> prompt[i % prompt.length]);
    return all;
  }

  /** The native memory of a run. */
  private static final class Memory {
    final AttentionCache cross;
    AttentionCache past;
    AttentionCache present;
    private final int vocabularySize;
    private final ElementType logitsType;
    private TensorMemory logits;

    Memory(WhisperShape shape, int vocabularySize, ElementType cacheType, ElementType logitsType) {
      cross = new AttentionCache(shape, cacheType);
      past = new AttentionCache(shape, cacheType);
      present = new AttentionCache(shape, cacheType);
      this.vocabularySize = vocabularySize;
      this.logitsType = logitsType;
      logits = TensorMemory.allocate(logitsType, vocabularySize);
    }

    void swap() {
      AttentionCache old = past;
      past = present;
      present = old;
    }

    Tensor logits(int rows, int positions) throws ProcessingException {
      long needed = (long) rows * positions * vocabularySize;
      if (logits.elements() < needed) {
        logits = TensorMemory.allocate(logitsType, needed);
      }
      return logits.tensor(rows, positions, vocabularySize);
    }
  }
}
