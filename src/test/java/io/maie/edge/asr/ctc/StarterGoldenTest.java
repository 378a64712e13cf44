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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped starter against what training/asr/golden.py recorded from Python.
 *
 * <p>Processors differ in the last bits of a sum, and the int8 graph makes more of it: it quantizes
 * activations on the fly, and one at the edge between two steps falls to the other side. golden.py
 * changes the features by a millionth to see what that can do, takes only recordings whose words
 * and frames it leaves alone, and writes down which steps are firm: one token leads by a quarter.
 */
final class StarterGoldenTest {
  /** Python computes features in 32 bits; here they are computed in 64 and rounded. */
  private static final double FEATURE_TOLERANCE = 2e-3;

  /** Of one probability; golden.py refuses recordings in which one moves by more than 0.12. */
  private static final double PROBABILITY_TOLERANCE = 0.15;

  /** Of the best tokens' probabilities, on average over a recording. */
  private static final double MEAN_PROBABILITY_TOLERANCE = 0.01;

  /** A sum over some hundred frames; golden.py refuses recordings in which it moves by 0.5. */
  private static final double SCORE_TOLERANCE = 0.6;

  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "golden", "asr-starter-en");

  @TempDir Path temporary;

  private final List<Utterance> utterances = new ArrayList<>();

  @BeforeEach
  void hearAll() throws Exception {
    CtcSettings settings =
        CtcSettings.read(
            new ModelCatalog(Path.of("models"), new Checksums())
                .choose(ModelWish.ofRecording(ModelTask.ASR, null, "asr-starter-en", null)));
    PenalizedDecoder decoder = (PenalizedDecoder) settings.decoder().open();
    JsonNode golden = new JsonMapper().readTree(GOLDEN.resolve("golden.json").toFile());
    assertThat(settings.checkpointHash()).endsWith(golden.get("graph_sha256").textValue());
    try (OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system())) {
      AcousticModel model =
          new AcousticModel(runtime.model("starter", settings.modelFile()), settings);
      for (JsonNode expected : golden.get("utterances")) {
        float[] samples = decode(GOLDEN.resolve(expected.get("audio").textValue()));
        utterances.add(
            new Utterance(
                expected, settings.frontEnd().compute(samples), model.listen(samples), decoder));
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
  void theBestTokenOfAFirmStepIsThatOfPython() {
    for (Utterance utterance : utterances) {
      JsonNode steps = utterance.expected.get("steps");
      assertThat(utterance.posteriors.frames()).isEqualTo(steps.get("tokens").size());
      for (int step = 0; step < utterance.posteriors.frames(); step++) {
        if (steps.get("firm").get(step).booleanValue()) {
          assertThat(utterance.posteriors.best(step))
              .isEqualTo(steps.get("tokens").get(step).intValue());
        }
      }
    }
  }

  @Test
  void nineStepsInTenAreFirm() {
    for (Utterance utterance : utterances) {
      long firm =
          StreamSupport.stream(utterance.expected.get("steps").get("firm").spliterator(), false)
              .filter(JsonNode::booleanValue)
              .count();
      assertThat(firm).isGreaterThanOrEqualTo(utterance.posteriors.frames() * 9L / 10);
    }
  }

  @Test
  void theBestTokensAreAsProbableAsInPython() {
    for (Utterance utterance : utterances) {
      JsonNode steps = utterance.expected.get("steps");
      double difference = 0;
      for (int step = 0; step < utterance.posteriors.frames(); step++) {
        int token = steps.get("tokens").get(step).intValue();
        difference +=
            Math.abs(
                Math.exp(utterance.posteriors.at(step, token))
                    - steps.get("probabilities").get(step).doubleValue());
      }
      assertThat(difference / utterance.posteriors.frames()).isLessThan(MEAN_PROBABILITY_TOLERANCE);
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
      assertThat(utterance.bestScore())
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

  private static List<String> texts(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(value -> values.add(value.textValue()));
    return values;
  }

  /** A recording, what Python found in it, and what is found here. */
  private record Utterance(
      JsonNode expected, Features features, Posteriors posteriors, PenalizedDecoder decoder) {

    List<DecodedWord> words() {
      return decoder.decode(posteriors);
    }

    double bestScore() {
      return ((LexiconBeamDecoder) decoder.decoder()).bestScore(decoder.penalized(posteriors));
    }
  }
}
