package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.asr.seq2seq.DecoderGraph;
import io.maie.edge.asr.seq2seq.DecoderRun;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.onnx.graph.BoundRows;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hypotheses about one chunk share its keys and values where the export allows it. */
final class CrossAttentionSharingTest {
  private static final int CHUNKS = 2;

  @TempDir Path models;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());
  private GoldenWhisper sharing;
  private GoldenWhisper bound;

  @BeforeEach
  void prepare() throws Exception {
    sharing = GoldenWhisper.open("multilingual", "", false, models.resolve("sharing"));
    bound = GoldenWhisper.open("multilingual", "", false, models.resolve("bound"));
    BoundRows.rewrite(
        bound.file("onnx/decoder_with_past_model.onnx"),
        name -> name.startsWith("past_key_values.") && name.contains(".encoder."));
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void oneRowPerChunkIsKeptAndNotOnePerHypothesis() throws Exception {
    DecoderRun run = begun(sharing);
    run.next(new int[6], new int[] {0, 0, 0, 1, 1, 1});
    assertThat(run.heardRows()).isEqualTo(CHUNKS);
    run.next(new int[3], new int[] {3, 4, 5});
    assertThat(run.heardRows()).isEqualTo(1);
  }

  @Test
  void anExportThatReshapesByRowsGetsACopyForEach() throws Exception {
    DecoderRun run = begun(bound);
    run.next(new int[6], new int[] {0, 0, 0, 1, 1, 1});
    assertThat(run.heardRows()).isEqualTo(6);
  }

  @Test
  void anExportOfHalfFloatsSharesToo() throws Exception {
    DecoderRun run =
        begun(GoldenWhisper.open("multilingual", "_fp16", true, models.resolve("half")));
    run.next(new int[4], new int[] {0, 0, 1, 1});
    assertThat(run.heardRows()).isEqualTo(CHUNKS);
  }

  /** Rows go on, are doubled, cross over and end; chunks end before others. */
  @ParameterizedTest
  @CsvSource({
    "'0 0 1 1|1 0 3 3|0 1 2 3'",
    "'0 0 0 1|2 0 1 3|1 2 3 3'",
    "'0 1 1|0 0 1 2|2 3 3|2 1 0'",
    "'1 1 1|0 0 2|2'",
    "'0 0 1 1|0 1|1 1 1'",
  })
  void scoresAreThoseOfRowsWithACopyEach(String steps) throws Exception {
    List<float[]> shared = scores(sharing, steps);
    List<float[]> copied = scores(bound, steps);
    assertThat(shared).hasSameSizeAs(copied);
    for (int i = 0; i < shared.size(); i++) {
      assertThat(shared.get(i)).containsExactly(copied.get(i), within(1e-4f));
    }
  }

  private List<float[]> scores(GoldenWhisper model, String steps) throws Exception {
    DecoderRun run = begun(model);
    List<float[]> all = new ArrayList<>();
    int token = 10;
    for (String step : steps.split("\\|", -1)) {
      String[] from = step.split(" ", -1);
      int[] origins = new int[from.length];
      int[] tokens = new int[from.length];
      for (int row = 0; row < from.length; row++) {
        origins[row] = Integer.parseInt(from[row]);
        tokens[row] = token++;
      }
      run.next(tokens, origins);
      for (int row = 0; row < from.length; row++) {
        float[] scores = new float[model.settings.tokens().vocabularySize()];
        run.scores(row, scores);
        all.add(scores);
      }
    }
    return all;
  }

  private DecoderRun begun(GoldenWhisper model) throws Exception {
    EncodedChunks audio =
        new Encoder(model.settings, "golden", runtime, new ParallelRange(1))
            .encode(List.of(model.heard(0), model.heard(1)), Cancellation.disabled());
    DecoderGraph graph =
        new DecoderGraph(
            model.settings.decoderFiles(), model.settings.decoderShape(), "golden", runtime);
    DecoderRun run = new DecoderRun(graph);
    run.begin(audio, Prompt.start(model.settings.tokens()).ids());
    return run;
  }
}
