package io.maie.edge.asr.whisper;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.asr.seq2seq.DecoderGraph;
import io.maie.edge.asr.seq2seq.DecoderRun;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.time.Ticker;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecoderRunTest {
  private static final int CHUNKS = 2;
  private static final int STEPS = 12;
  private static final String FIRST_KEYS = DecoderGraph.PAST_CROSS.formatted(0, "key");

  @TempDir private Path models;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());

  @AfterEach
  void close() {
    runtime.close();
  }

  /** Rows are doubled, swapped and ended at random; then each is decoded again from the start. */
  @Test
  void theScoresOfARowEqualThoseOfItsTokensDecodedAgain() throws Exception {
    GoldenWhisper model = GoldenWhisper.open("multilingual", "", false, models);
    DecoderGraph graph =
        new DecoderGraph(
            model.settings.decoderFiles(), model.settings.decoderShape(), "golden", runtime);
    Encoder encoder = new Encoder(model.settings, "golden", runtime, new ParallelRange(1));
    for (long seed = 0; seed < 8; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      DecoderRun run = new DecoderRun(graph);
      run.begin(
          encoder.encode(List.of(model.heard(0), model.heard(1)), Cancellation.disabled()),
          Prompt.start(model.settings.tokens()).ids());
      List<Row> rows = List.of(new Row(0, List.of()), new Row(1, List.of()));
      for (int step = 0; step < STEPS; step++) {
        int[] origins = origins(rows, 1 + random.nextInt(4), random);
        int[] tokens = random.ints(origins.length, 0, 300).toArray();
        run.next(tokens, origins);
        rows = continued(rows, origins, tokens);
      }
      float[] scores = new float[model.settings.tokens().vocabularySize()];
      for (int row = 0; row < rows.size(); row++) {
        run.scores(row, scores);
        EncodedChunks chunk =
            encoder.encode(List.of(model.heard(rows.get(row).chunk)), Cancellation.disabled());
        assertThat(scores)
            .as("seed %d, row %d", seed, row)
            .containsExactly(readAnew(model, graph, chunk, rows.get(row)), within(1e-4f));
      }
    }
  }

  @Test
  void aRunThatHasRestedBeginsAnewWithTheSameScores() throws Exception {
    GoldenWhisper model = GoldenWhisper.open("multilingual", "", false, models);
    DecoderGraph graph =
        new DecoderGraph(
            model.settings.decoderFiles(), model.settings.decoderShape(), "golden", runtime);
    EncodedChunks audio =
        new Encoder(model.settings, "golden", runtime, new ParallelRange(1))
            .encode(List.of(model.heard(0)), Cancellation.disabled());
    DecoderRun run = new DecoderRun(graph);
    run.rest();
    float[] before = afterTwoTokens(run, audio, model);
    run.rest();

    assertThat(afterTwoTokens(run, audio, model)).isEqualTo(before);
  }

  @Test
  void aSoundThatWasHeardIsNotReadAgainUntilTheRunHasRested() throws Exception {
    GoldenWhisper model = GoldenWhisper.open("multilingual", "", true, models);
    EncodedChunks audio =
        new Encoder(model.settings, "golden", runtime, new ParallelRange(1))
            .encode(List.of(model.heard(0)), Cancellation.disabled());
    DecoderRun run = new DecoderRun(graph(model));
    float[] before = afterTwoTokens(run, audio.one(0), model);
    try (Tensor states = audio.all()) {
      FloatBuffer floats = states.floats();
      floats.put(new float[floats.remaining()]);
    }

    assertThat(afterTwoTokens(run, audio.one(0), model)).isEqualTo(before);
    run.rest();
    assertThat(afterTwoTokens(run, audio.one(0), model)).isNotEqualTo(before);
  }

  /** Of the first three chunks, those in the middle and at the end go on, then the last. */
  @Test
  void chunksThatEndedStayKnown() throws Exception {
    GoldenWhisper model = GoldenWhisper.open("multilingual", "", true, models);
    int[] start = Prompt.start(model.settings.tokens()).ids();
    EncodedChunks audio =
        new Encoder(model.settings, "golden", runtime, new ParallelRange(1))
            .encode(
                List.of(model.heard(0), model.heard(1), model.heard(0)), Cancellation.disabled());
    DecoderRun run = new DecoderRun(graph(model));
    run.begin(audio, start);
    run.next(new int[] {1, 2}, new int[] {1, 2});
    run.next(new int[] {3}, new int[] {1});

    for (int chunk = 0; chunk < audio.chunks(); chunk++) {
      DecoderRun other = new DecoderRun(graph(model));
      other.begin(audio.one(chunk), start);
      assertThat(keys(run, audio.one(chunk)))
          .as("chunk %d", chunk)
          .containsExactly(keys(other, audio.one(chunk)), within(1e-5f));
    }
    assertThat(keys(run, audio.one(0))).isNotEqualTo(keys(run, audio.one(1)));
  }

  private DecoderGraph graph(GoldenWhisper model) {
    return new DecoderGraph(
        model.settings.decoderFiles(), model.settings.decoderShape(), "golden", runtime);
  }

  private static float[] keys(DecoderRun run, EncodedChunks chunk) throws Exception {
    try (Tensor states = chunk.all()) {
      Tensor keys = requireNonNull(run.heard(chunk, states).past().get(FIRST_KEYS));
      float[] values = new float[keys.floats().remaining()];
      keys.floats().get(values);
      return values;
    }
  }

  private static float[] afterTwoTokens(DecoderRun run, EncodedChunks audio, GoldenWhisper model)
      throws Exception {
    run.begin(audio, Prompt.start(model.settings.tokens()).ids());
    run.next(new int[] {1}, new int[] {0});
    run.next(new int[] {2}, new int[] {0});
    float[] scores = new float[model.settings.tokens().vocabularySize()];
    run.scores(0, scores);
    return scores;
  }

  /** Mostly keeps the number of rows per chunk, so that some move within it. */
  private static int[] origins(List<Row> rows, int wanted, SplittableRandom random) {
    List<Integer> origins = new ArrayList<>();
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      int of = chunk;
      int[] known = IntStream.range(0, rows.size()).filter(i -> rows.get(i).chunk == of).toArray();
      int count = random.nextInt(4) > 0 && known.length > 1 ? known.length : wanted;
      for (int i = 0; i < count; i++) {
        origins.add(known[random.nextInt(known.length)]);
      }
    }
    return origins.stream().mapToInt(i -> i).toArray();
  }

  private static List<Row> continued(List<Row> rows, int[] origins, int[] tokens) {
    List<Row> next = new ArrayList<>();
    for (int i = 0; i < origins.length; i++) {
      List<Integer> said = new ArrayList<>(rows.get(origins[i]).said);
      said.add(tokens[i]);
      next.add(new Row(rows.get(origins[i]).chunk, said));
    }
    return next;
  }

  private static float[] readAnew(
      GoldenWhisper model, DecoderGraph graph, EncodedChunks chunk, Row row) throws Exception {
    int[] start = Prompt.start(model.settings.tokens()).ids();
    int[] all = IntStream.concat(IntStream.of(start), row.said.stream().mapToInt(i -> i)).toArray();
    DecoderRun run = new DecoderRun(graph);
    run.begin(chunk, all);
    float[] scores = new float[model.settings.tokens().vocabularySize()];
    run.scores(0, scores);
    return scores;
  }

  /** Tokens that one row has read, and its chunk. */
  private record Row(int chunk, List<Integer> said) {}
}
