package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The decoder in the middle of its work: rows, each of which continues one hypothesis about one
 * chunk, and their caches. Cached values stay in native memory: each call writes the new caches
 * into one block while it reads the old ones from another, and rows are moved by copying memory.
 * Rows of one chunk share its keys and values where the graph can do that: five hypotheses then
 * read them once instead of five copies, which takes a fifth of the memory and half of the time.
 * Used by one thread at a time, for one batch after the other; closed in between, to give back what
 * is not used again.
 */
public final class DecoderRun implements AutoCloseable {
  /** Room is made for this many more tokens at a time. */
  private static final int GROWTH = 64;

  private final DecoderGraph graph;
  private final CrossAttentionSharing sharedAudio;
  private final DecoderShape shape;
  private final List<String> pastSelf;
  private final List<String> pastCross;
  private final List<String> presentSelf;
  private final List<String> presentCross;

  private @Nullable DecoderMemory memory;
  private @Nullable EncodedChunks audio;

  /** Null if keys and values of the audio are not known, or lie there otherwise. */
  private @Nullable HeardRows known;

  /** The chunk of each row, ascending. */
  private int[] chunkOf = {};

  /** The index of each row in the caches; the rows of one chunk lie together. */
  private int[] places = {};

  private SharedPrefixes common = new SharedPrefixes(0);

  /** Rows of keys and values of the audio: one per row, or one per chunk. */
  private int heardRows;

  /** Tokens read by every row. */
  private int length;

  /** Tokens per row in the last scores. */
  private int scored;

  /** A run of {@code graph}, which has read nothing yet. */
  public DecoderRun(DecoderGraph graph) {
    this.graph = graph;
    sharedAudio = new CrossAttentionSharing(graph);
    shape = graph.shape();
    int layers = shape.layers();
    pastSelf = DecoderGraph.names(DecoderGraph.PAST_SELF, layers);
    pastCross = DecoderGraph.names(DecoderGraph.PAST_CROSS, layers);
    presentSelf = DecoderGraph.names(DecoderGraph.PRESENT_SELF, layers);
    presentCross = DecoderGraph.names(DecoderGraph.PRESENT_CROSS, layers);
  }

  /**
   * Starts again with one row per chunk. What the decoder made of the sound of a chunk that it has
   * heard before is taken as it is.
   *
   * @param prompt the tokens that every row reads first
   */
  public void begin(EncodedChunks chunks, int[] prompt) throws ProcessingException {
    audio = chunks;
    int rows = chunks.chunks();
    chunkOf = CacheRows.inOrder(rows);
    places = CacheRows.inOrder(rows);
    common = new SharedPrefixes(rows);
    heardRows = rows;
    DecoderMemory blocks = memory();
    blocks.past.reserve(rows, prompt.length + GROWTH, 0, 0);
    boolean isHeard = bringToFront(chunks);
    if (!isHeard) {
      known = null;
      blocks.cross.reserve(rows, frames(), 0, 0);
    }
    Map<String, Tensor> outputs = new HashMap<>();
    Map<String, Tensor> past = new HashMap<>();
    RowRange all = RowRange.of(rows);
    blocks.reserveLogits(rows, prompt.length);
    try (Tensor tokens = Tensor.of(repeated(prompt, rows), rows, prompt.length);
        Tensor hidden = chunks.all();
        Tensor logits = blocks.logits(all, prompt.length)) {
      blocks.past.view(presentSelf, all, prompt.length, outputs);
      blocks.cross.view(presentCross, all, frames(), outputs);
      if (isHeard) {
        blocks.cross.view(pastCross, all, frames(), past);
      }
      outputs.put(DecoderGraph.LOGITS, logits);
      graph.prompt(tokens, new HeardSound(hidden, past, Map.of()), outputs);
    }
    known = isHeard ? known : new HeardRows(chunks);
    length = prompt.length;
    scored = prompt.length;
  }

  /** Returns whether keys and values of one chunk are known, which are in the first row then. */
  private boolean bringToFront(EncodedChunks chunk) throws ProcessingException {
    HeardRows rows = known;
    OptionalInt row = rows == null ? OptionalInt.empty() : rows.rowOf(chunk);
    if (row.isPresent()) {
      exchangeHeard(0, row.getAsInt());
    }
    return row.isPresent();
  }

  /**
   * The sound of a chunk, with what the decoder made of it if that is known; valid until the next
   * call of another method.
   *
   * @param states of the chunk
   */
  public HeardSound heard(EncodedChunks chunk, Tensor states) throws ProcessingException {
    HeardRows rows = known;
    OptionalInt row = rows == null ? OptionalInt.empty() : rows.rowOf(chunk);
    Map<String, Tensor> past = new HashMap<>();
    Map<String, Tensor> present = new HashMap<>();
    if (row.isPresent()) {
      RowRange one = new RowRange(row.getAsInt(), 1);
      memory().cross.view(pastCross, one, chunk.frames(), past);
      memory().cross.view(presentCross, one, chunk.frames(), present);
    }
    return new HeardSound(states, past, present);
  }

  /**
   * Reads one more token per row.
   *
   * @param tokens one per new row
   * @param origins the row, before this call, that each new row continues; ascending by chunk
   */
  public void next(int[] tokens, int[] origins) throws ProcessingException {
    arrange(origins);
    int rows = tokens.length;
    DecoderMemory blocks = memory();
    blocks.present.reserve(rows, roundedUp(length + 1), 0, 0);
    blocks.reserveLogits(rows, 1);
    long[] ids = new long[rows];
    for (int row = 0; row < rows; row++) {
      ids[places[row]] = tokens[row];
    }
    for (Part part : parts()) {
      step(ids, part, blocks);
    }
    blocks.swap();
    length++;
    scored = 1;
  }

  private void step(long[] ids, Part part, DecoderMemory blocks) throws ProcessingException {
    RowRange rows = part.rows();
    long[] read = Arrays.copyOfRange(ids, rows.first(), rows.first() + rows.count());
    Map<String, Tensor> past = new HashMap<>();
    Map<String, Tensor> outputs = new HashMap<>();
    try (Tensor input = Tensor.of(read, rows.count(), 1);
        Tensor hidden = audio().all();
        Tensor logits = blocks.logits(rows, 1)) {
      blocks.past.view(pastSelf, rows, length, past);
      blocks.cross.view(pastCross, part.heard(), frames(), past);
      blocks.present.view(presentSelf, rows, length + 1, outputs);
      outputs.put(DecoderGraph.LOGITS, logits);
      graph.next(input, hidden, past, outputs);
    }
  }

  /** Parts that one call reads: all rows, or where rows share the audio those of one chunk. */
  private List<Part> parts() {
    int rows = chunkOf.length;
    if (heardRows == rows) {
      return List.of(new Part(RowRange.of(rows), RowRange.of(rows)));
    }
    List<Part> parts = new ArrayList<>();
    int first = 0;
    for (int row = 1; row <= rows; row++) {
      if (row == rows || chunkOf[row] != chunkOf[first]) {
        parts.add(new Part(new RowRange(first, row - first), new RowRange(parts.size(), 1)));
        first = row;
      }
    }
    return parts;
  }

  /** Rows of keys and values of the audio that are kept. */
  public int heardRows() {
    return heardRows;
  }

  /** Scores of the token that follows in a row, into {@code target}. */
  public void scores(int row, float[] target) throws ProcessingException {
    scores(row, scored - 1, target);
  }

  /**
   * Scores of the token that follows {@code position} of the prompt, after {@link #begin}.
   *
   * @param target shape (vocabulary size)
   */
  public void scores(int row, int position, float[] target) throws ProcessingException {
    long at = (long) places[row] * scored + position;
    memory().readLogits(at * shape.vocabularySize(), target);
  }

  /** Closes the views of the caches. The last scores stay, and the run can start again. */
  @Override
  public void close() {
    DecoderMemory blocks = memory;
    if (blocks != null) {
      blocks.past.close();
      blocks.present.close();
      blocks.cross.close();
    }
  }

  /** Gives back the memory of the text's caches; the run has to start again. */
  public void endText() {
    DecoderMemory blocks = memory;
    if (blocks != null) {
      blocks.past.discard();
      blocks.present.discard();
    }
  }

  /** Gives back the memory of all caches, and forgets the sound; the run has to start again. */
  public void rest() {
    endText();
    known = null;
    DecoderMemory blocks = memory;
    if (blocks != null) {
      blocks.cross.discard();
    }
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
    int[] next = CacheRows.after(places, origins);
    for (int row = 0; row < origins.length; row++) {
      int from = places[origins[row]];
      if (from != next[row]) {
        past.copyWithin(from, next[row], common.of(from, next[row]), length);
        common.copied(from, next[row], length);
      }
    }
    places = next;
  }

  /** More or fewer rows than before. */
  private void gather(int[] origins, int[] chunks) throws ProcessingException {
    DecoderMemory blocks = memory();
    blocks.present.reserve(chunks.length, roundedUp(length + 1), 0, 0);
    int[] sources = Arrays.stream(origins).map(row -> places[row]).toArray();
    for (int row = 0; row < sources.length; row++) {
      blocks.past.copyRow(sources[row], blocks.present, row, length);
    }
    common.gathered(sources, length);
    blocks.swap();
    arrangeCross(blocks, chunks);
    places = CacheRows.inOrder(chunks.length);
  }

  /** All rows of a chunk have the same; so first one row per chunk moves up, then down. */
  private void arrangeCross(DecoderMemory blocks, int[] chunks) throws ProcessingException {
    int[] distinct = Arrays.stream(chunks).distinct().toArray();
    int[] heard =
        heardRows == chunkOf.length ? chunkOf : Arrays.stream(chunkOf).distinct().toArray();
    int from = 0;
    for (int to = 0; to < distinct.length; to++) {
      while (heard[from] != distinct[to]) {
        from++;
      }
      exchangeHeard(to, from);
    }
    heardRows = distinct.length;
    if (distinct.length < chunks.length && !isSharing(blocks)) {
      known = null;
      repeatCross(blocks.cross, distinct, chunks);
      heardRows = chunks.length;
    }
  }

  /** Chunks that ended stay behind those that go on. */
  private void exchangeHeard(int one, int other) throws ProcessingException {
    HeardRows rows = known;
    if (one != other) {
      memory().cross.exchangeRows(one, other, frames());
      if (rows != null) {
        rows.exchanged(one, other);
      }
    }
  }

  private void repeatCross(AttentionCache cross, int[] distinct, int[] chunks) {
    int frames = frames();
    cross.reserve(chunks.length, frames, distinct.length, frames);
    int source = distinct.length - 1;
    for (int to = chunks.length - 1; to >= 0; to--) {
      while (distinct[source] != chunks[to]) {
        source--;
      }
      cross.copyRow(source, cross, to, frames);
    }
  }

  private boolean isSharing(DecoderMemory blocks) throws ProcessingException {
    try (Tensor hidden = audio().all()) {
      return sharedAudio.isPossible(blocks.past, blocks.cross, hidden);
    }
  }

  private int roundedUp(int positions) {
    return Math.min(shape.maxTokens(), (positions / GROWTH + 1) * GROWTH);
  }

  private DecoderMemory memory() throws ProcessingException {
    DecoderMemory blocks = memory;
    if (blocks == null) {
      blocks = new DecoderMemory(shape, graph.cacheType(), graph.logitsType());
      memory = blocks;
    }
    return blocks;
  }

  /** Positions of the audio. */
  private int frames() {
    return audio().frames();
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

  /** Rows of the caches that one call continues, and the rows of the audio that they hear. */
  private record Part(RowRange rows, RowRange heard) {}
}
