package io.maie.edge.asr.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.testing.ExternalProgram;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped starter against what training/asr/golden.py recorded from Python. */
final class StarterGoldenTest {
  /** Python computes features in 32 bits; here they are computed in 64 and rounded. */
  private static final double FEATURE_TOLERANCE = 2e-3;

  /**
   * Of a probability. The int8 graph quantizes activations on the fly: one that differs in its last
   * bits may round to the neighbouring step.
   */
  private static final double PROBABILITY_TOLERANCE = 0.03;

  /** A sum over some hundred frames. */
  private static final double SCORE_TOLERANCE = 0.2;

  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "golden", "asr-starter-en");

  @TempDir Path temporary;

  private final List<Utterance> utterances = new ArrayList<>();

  @BeforeEach
  void hearAll() throws Exception {
    CtcSettings settings =
        CtcSettings.read(
            new ModelCatalog(Path.of("models"), new Checksums())
                .choose(new ModelWish(ModelTask.ASR, null, "asr-starter-en", null)));
    LexiconBeamDecoder decoder = (LexiconBeamDecoder) settings.decoder().open();
    JsonNode golden = new JsonMapper().readTree(GOLDEN.resolve("golden.json").toFile());
    assertThat(settings.checkpointHash()).endsWith(golden.get("graph_sha256").textValue());
    try (OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system())) {
      AcousticModel model =
          new AcousticModel(runtime.model("starter", settings.modelFile()), settings);
      for (JsonNode expected : golden.get("utterances")) {
        float[] samples = decode(GOLDEN.resolve(expected.get("audio").textValue()));
        utterances.add(
            new Utterance(
                expected,
                settings.frontEnd().compute(samples),
                model.listen(samples),
                settings.decoder().special().blank(),
                decoder));
      }
    }
  }

  @Test
  void featuresEqualPython() {
    for (Utterance utterance : utterances) {
      JsonNode expected = utterance.expected.get("features");
      for (int i = 0; i < expected.get("indices").size(); i++) {
        assertThat((double) utterance.features.values()[expected.get("indices").get(i).intValue()])
            .isCloseTo(expected.get("values").get(i).doubleValue(), within(FEATURE_TOLERANCE));
      }
    }
  }

  @Test
  void probabilitiesEqualPython() {
    for (Utterance utterance : utterances) {
      JsonNode expected = utterance.expected.get("log_probabilities");
      int tokens = utterance.posteriors.tokens();
      for (int i = 0; i < expected.get("indices").size(); i++) {
        int at = expected.get("indices").get(i).intValue();
        assertThat(Math.exp(utterance.posteriors.at(at / tokens, at % tokens)))
            .isCloseTo(
                Math.exp(expected.get("values").get(i).doubleValue()),
                within(PROBABILITY_TOLERANCE));
      }
    }
  }

  @Test
  void greedyTokensEqualPython() {
    for (Utterance utterance : utterances) {
      assertThat(utterance.greedyTokens()).isEqualTo(integers(utterance.expected.get("greedy")));
    }
  }

  @Test
  void wordsEqualPython() {
    for (Utterance utterance : utterances) {
      assertThat(utterance.words())
          .extracting(DecodedWord::text)
          .containsExactlyElementsOf(texts(utterance.expected.get("words")));
    }
  }

  @Test
  void wordsBeginAndEndInTheFramesThatPythonFound() {
    for (Utterance utterance : utterances) {
      List<DecodedWord> words = utterance.words();
      for (int i = 0; i < words.size(); i++) {
        JsonNode frames = utterance.expected.get("word_frames").get(i);
        assertThat(words.get(i).firstFrame()).isEqualTo(frames.get(0).intValue());
        // Python notes the frame in which the last token begins, here it is the one in which it
        // ends
        assertThat(words.get(i).endFrame()).isGreaterThan(frames.get(1).intValue());
      }
    }
  }

  @Test
  void scoresEqualPython() {
    for (Utterance utterance : utterances) {
      assertThat(utterance.decoder.bestScore(utterance.posteriors))
          .isCloseTo(utterance.expected.get("score").doubleValue(), within(SCORE_TOLERANCE));
    }
  }

  private float[] decode(Path recording) throws Exception {
    Path pcm = temporary.resolve(recording.getFileName() + ".pcm");
    ExternalProgram.run(
        List.of(
            ExternalProgram.require("ffmpeg").toString(),
            "-nostdin",
            "-y",
            "-i",
            recording.toString(),
            "-f",
            "s16le",
            pcm.toString()));
    try (PcmFile file = PcmFile.open(pcm)) {
      return file.read(new SampleSpan(0, file.length())).samples();
    }
  }

  private static List<Integer> integers(JsonNode array) {
    List<Integer> values = new ArrayList<>();
    array.forEach(value -> values.add(value.intValue()));
    return values;
  }

  private static List<String> texts(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(value -> values.add(value.textValue()));
    return values;
  }

  /** A recording, what Python found in it, and what is found here. */
  private record Utterance(
      JsonNode expected,
      Features features,
      Posteriors posteriors,
      int blank,
      LexiconBeamDecoder decoder) {

    List<DecodedWord> words() {
      return decoder.decode(posteriors);
    }

    List<Integer> greedyTokens() {
      int[] path = new int[posteriors.frames()];
      for (int frame = 0; frame < path.length; frame++) {
        path[frame] = posteriors.best(frame);
      }
      return TokenSpan.of(path, blank, posteriors).stream().map(TokenSpan::token).toList();
    }
  }
}
