package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.TaskStoppedException;
import java.util.ArrayList;
import java.util.List;

/** Drives the searches of several chunks through the decoder together. One thread at a time. */
public final class BatchDecoder {
  private final DecoderRun run;
  private final TokenScores scores;

  /** Drives searches through {@code graph}. */
  public BatchDecoder(DecoderGraph graph) {
    run = new DecoderRun(graph);
    scores = TokenScores.ofSize(graph.shape().vocabularySize());
  }

  /**
   * Scores of the tokens after one position of the prompt, for each chunk.
   *
   * @return shape (chunks)(vocabulary size), logits
   */
  public List<float[]> scoresAfter(EncodedChunks chunks, int[] prompt, int position)
      throws ProcessingException {
    try (run) {
      run.begin(chunks, prompt);
      List<float[]> all = new ArrayList<>();
      for (int chunk = 0; chunk < chunks.chunks(); chunk++) {
        float[] row = new float[scores.size()];
        run.scores(chunk, position, row);
        all.add(row);
      }
      return all;
    }
  }

  /**
   * Runs every search to its end.
   *
   * @param searches one per chunk, begun already: {@link #scoresAfter} has read the prompt
   */
  public void finish(List<? extends Search> searches, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException {
    int[] firstRow = new int[searches.size()];
    for (int i = 0; i < firstRow.length; i++) {
      firstRow[i] = i;
    }
    try (run) {
      boolean going = true;
      while (going) {
        cancellation.throwIfStopped();
        Rows rows = new Rows();
        for (int i = 0; i < searches.size(); i++) {
          firstRow[i] = advance(searches.get(i), firstRow[i], rows);
        }
        going = !rows.tokens.isEmpty();
        if (going) {
          run.next(ints(rows.tokens), ints(rows.origins));
        }
      }
    }
  }

  /** The sound of a chunk, as {@link DecoderRun#heard} tells it. */
  public HeardSound heard(EncodedChunks chunk, Tensor states) throws ProcessingException {
    return run.heard(chunk, states);
  }

  /**
   * Gives back the memory of the text until {@link #scoresAfter} reads the next prompt; what was
   * made of the sound stays.
   */
  public void endText() {
    run.endText();
  }

  /** Gives back the memory of all caches until {@link #scoresAfter} reads the next prompt. */
  public void rest() {
    run.rest();
  }

  /** One token further; returns where the search's rows are next. */
  private int advance(Search search, int firstRow, Rows rows) throws ProcessingException {
    int next = rows.tokens.size();
    if (!search.open().isEmpty()) {
      search.advance(row -> load(firstRow + row));
      for (Hypothesis hypothesis : search.open()) {
        rows.tokens.add(hypothesis.token(0));
      }
      for (int origin : search.open().isEmpty() ? new int[0] : search.origins()) {
        rows.origins.add(firstRow + origin);
      }
    }
    return next;
  }

  private TokenScores load(int row) throws ProcessingException {
    scores.load(target -> run.scores(row, target));
    return scores;
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(i -> i).toArray();
  }

  /** The rows of the next call. */
  private static final class Rows {
    final List<Integer> tokens = new ArrayList<>();
    final List<Integer> origins = new ArrayList<>();
  }
}
