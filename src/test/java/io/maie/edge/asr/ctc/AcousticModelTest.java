package io.maie.edge.asr.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.asr.frames.Posteriors;
import io.maie.edge.asr.frames.TokenSpan;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The families whose manifests ship, against onnxruntime's Python on graphs of their shape. */
final class AcousticModelTest {
  /** Log-probabilities of magnitude 20 from 32-bit graphs, features rounded to 32 bits before. */
  private static final float TOLERANCE = 2e-3f;

  @TempDir Path models;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());

  @AfterEach
  void close() {
    runtime.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nemo", "wenet", "wav2vec2"})
  void posteriorsEqualPython(String name) throws Exception {
    CtcTestModel model = new CtcTestModel(name);
    Posteriors posteriors = listen(model.install(models));

    float[] expected = model.posteriors();

    assertThat(posteriors.frames() * posteriors.tokens()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(posteriors.at(i / posteriors.tokens(), i % posteriors.tokens()))
          .isCloseTo(expected[i], within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nemo", "wenet", "wav2vec2"})
  void greedyTokensEqualPython(String name) throws Exception {
    CtcTestModel model = new CtcTestModel(name);
    ModelFolder folder = model.install(models);
    Posteriors posteriors = listen(folder);
    int[] path = new int[posteriors.frames()];
    for (int frame = 0; frame < path.length; frame++) {
      path[frame] = posteriors.best(frame);
    }
    int blank = CtcSettings.read(folder).decoder().blank();

    assertThat(TokenSpan.of(path, blank, posteriors).stream().mapToInt(TokenSpan::token))
        .containsExactly(
            java.util.Arrays.stream(model.greedyTokens()).boxed().toArray(Integer[]::new));
  }

  @Test
  void theShippedZipformerManifestRunsAWenetShapedGraph() throws Exception {
    String zipformer =
        java.nio.file.Files.readString(Path.of("config", "models", "zipformer-ctc.manifest.json"))
            .replace("<blk>", "<blank>");

    Posteriors posteriors = listen(new CtcTestModel("wenet").install(models, ignored -> zipformer));

    assertThat(posteriors.frames()).isEqualTo(38);
  }

  @Test
  void aSnippetShorterThanAFrameIsHeardAsSilenceFollows() throws Exception {
    ModelFolder folder = new CtcTestModel("wav2vec2").install(models);
    CtcSettings settings = CtcSettings.read(folder);

    Posteriors posteriors =
        new AcousticModel(runtime.model("m", settings.modelFile()), settings)
            .listen(new float[1], null);

    assertThat(posteriors.frames()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "audio_signal, signal, 'Expected one of the inputs audio_signal, length, found ''signal'''",
    "logprobs, probs, 'Expected one of the outputs logprobs, found ''probs'''",
  })
  void aNameThatTheGraphLacksIsReported(String right, String wrong, String message)
      throws Exception {
    ModelFolder folder =
        new CtcTestModel("nemo")
            .install(models, text -> text.replace('"' + right + '"', '"' + wrong + '"'));

    assertThatThrownBy(() -> listen(folder))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"bands\": 80 | \"bands\": 0 | ctc.frontend.type",
        "\"n_fft\": 512 | \"n_fft\": 256 | ctc.frontend.type",
        "\"blank\": \"<blk>\" | \"blank\": \"<b>\" | ctc.blank",
        "\"layout\": \"bands_frames\" | \"layout\": \"samples\" | ctc.frontend.type",
        "\"frame_shift_ms\": 40 | \"frame_shift_ms\": 0 | ctc.frame_shift_ms",
        "\"unit\": \"bpe\" | \"unit\": \"word\" | ctc.decoder.unit",
        "\"type\": \"greedy\" | \"type\": \"lexicon_beam\" | ctc.decoder.type",
        "\"type\": \"greedy\" | \"typ\": \"greedy\" | ctc.decoder.typ",
        "\"type\": \"greedy\" | \"type\": \"beam\", \"beam_size\": 0 | ctc.decoder.beam_size",
        "\"logprobs\"} | \"logprobs\", \"logits\": \"logits\"} | ctc.outputs",
        "\"tokens.txt\" | \"absent.txt\" | ctc.tokens",
      })
  void aMistakeInTheManifestIsReportedWithItsKey(String right, String wrong, String key)
      throws Exception {
    ModelFolder folder =
        new CtcTestModel("nemo").install(models, text -> text.replace(right, wrong));

    assertThatThrownBy(() -> CtcSettings.read(folder))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining(key)
        .hasMessageContaining("manifest.json");
  }

  private Posteriors listen(ModelFolder folder) throws Exception {
    CtcSettings settings = CtcSettings.read(folder);
    return new AcousticModel(runtime.model(folder.name(), settings.modelFile()), settings)
        .listen(CtcTestModel.signal().samples(), null);
  }
}
