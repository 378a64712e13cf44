package io.maie.edge.asr.chunkformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.WindowSource;
import io.maie.edge.asr.frames.TokenSpan;
import io.maie.edge.asr.transducer.EncodedFrames;
import io.maie.edge.asr.transducer.PhraseGraph;
import io.maie.edge.asr.transducer.SaidToken;
import io.maie.edge.asr.transducer.TokenHead;
import io.maie.edge.asr.transducer.TransducerOptions;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.testing.FrameSums;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tiny ChunkFormer models of random weights against what the package chunkformer 1.2.2 computes of
 * them.
 */
final class ChunkformerGoldenTest {
  /** Sums of a frame's 64 numbers, each within 2e-4 and mostly much nearer. */
  private static final double SUM = 1e-3;

  private static final double VALUE = 1e-4;
  private static final double PROBABILITY = 5e-3;

  /** The line of the package's own manifest. */
  private static final String LIMIT = "\"max_symbols_per_frame\": 64";

  @TempDir Path models;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());
  private final List<JsonNode> clips = new ArrayList<>();

  @BeforeEach
  void findModels() throws Exception {
    Path examples = SharedMaterial.require("examples", "chunkformer");
    for (String name : List.of("tiny", "tiny-closed")) {
      Files.createDirectories(models.resolve(name));
      for (String file :
          List.of("stem.onnx", "ctc.onnx", "predictor.onnx", "joiner.onnx", "tokens.txt")) {
        Files.copy(examples.resolve("tiny").resolve(file), models.resolve(name).resolve(file));
      }
      for (String file : List.of("encoder.onnx", "chunkformer.json")) {
        Files.copy(examples.resolve(name).resolve(file), models.resolve(name).resolve(file));
      }
    }
    new JsonMapper()
        .readTree(examples.resolve("golden.json").toFile())
        .get("clips")
        .forEach(clips::add);
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void encodedFramesOfAWholeWindowAreThoseOfThePackage() throws Exception {
    for (JsonNode clip : clips) {
      EncodedFrames encoded = encoded("tiny", clip, "");

      FrameSums.assertSums(encoded, clip.get("encoded_frame_sums"), within(SUM));
      JsonNode rows = clip.get("encoded").get("rows");
      for (int i = 0; i < rows.size(); i++) {
        float[] row = encoded.rows(rows.get(i).asInt(), 1);
        JsonNode expected = clip.get("encoded").get("values").get(i);
        for (int at = 0; at < row.length; at++) {
          assertThat((double) row[at]).isCloseTo(expected.get(at).asDouble(), within(VALUE));
        }
      }
    }
  }

  @Test
  void closedConvolutionsAreThoseOfTraining() throws Exception {
    for (JsonNode clip : clips) {
      FrameSums.assertSums(
          encoded("tiny-closed", clip, ""), clip.get("closed_frame_sums"), within(SUM));
      FrameSums.assertSums(
          encoded("tiny-closed", clip, steps(32, 96)), clip.get("closed_frame_sums"), within(SUM));
    }
  }

  @Test
  void stepsWithTheWholeLookaheadAreThoseOfThePackage() throws Exception {
    for (JsonNode clip : clips) {
      FrameSums.assertSums(
          encoded("tiny", clip, steps(32, 96)), clip.get("in_steps_frame_sums"), within(SUM));
    }
  }

  @Test
  void tokensOfBothHeadsAreThoseOfThePackage() throws Exception {
    for (JsonNode clip : clips) {
      Heard ctc = new Heard("tiny", clip, ", \"decoder\": \"ctc\"");
      CtcFinder finder = (CtcFinder) ctc.finder;
      ctc.hear();
      List<TokenSpan> spans = finder.spans();
      assertThat(spans.stream().map(span -> span.token() + " " + span.firstFrame()))
          .containsExactlyElementsOf(pairs(clip.get("ctc")));

      Heard transducer = new Heard("tiny", clip, "");
      transducer.hear();
      List<SaidToken> said = ((TransducerFinder) transducer.finder).said();
      assertThat(said.stream().map(token -> token.token() + " " + token.frame()))
          .containsExactlyElementsOf(pairs(clip.get("transducer")));
      for (int i = 0; i < said.size(); i++) {
        assertThat(said.get(i).logProbability())
            .isCloseTo(clip.get("transducer").get(i).get(2).asDouble(), within(PROBABILITY));
      }
    }
  }

  private static String steps(int settled, int lookahead) {
    return ", \"step_frames\": %d, \"lookahead_frames\": %d, \"max_window_seconds\": 1"
        .formatted(settled, lookahead);
  }

  private static List<String> pairs(JsonNode tokens) {
    List<String> pairs = new ArrayList<>();
    tokens.forEach(token -> pairs.add(token.get(0).asInt() + " " + token.get(1).asInt()));
    return pairs;
  }

  private EncodedFrames encoded(String model, JsonNode clip, String more) throws Exception {
    Heard heard = new Heard(model, clip, more);
    CollectedFrames collected = new CollectedFrames();
    heard
        .engine
        .stepped()
        .hear(new WindowSource(heard.window(), heard.audio), collected, share -> {});
    return collected.all();
  }

  /** A clip, and an engine by a manifest that says more than the folder. */
  private final class Heard {
    private final SampleSource audio;
    private final ChunkformerEngine engine;
    private final TokenFinder finder;

    Heard(String model, JsonNode clip, String more) throws Exception {
      String name = clip.get("clip").asText();
      audio =
          RecordedSamples.of(SharedMaterial.require("speech", name), models.resolve("clip.pcm"));
      engine =
          new ChunkformerEngine(settings(model, more), TransducerOptions.DEFAULTS, model, runtime);
      finder = engine.finder(PhraseGraph.of(List.of(), 0));
    }

    void hear() throws Exception {
      try (finder) {
        engine.stepped().hear(new WindowSource(window(), audio), finder, share -> {});
      }
    }

    private SpeechWindow window() {
      return new SpeechWindow(List.of(new SampleSpan(0, audio.length())));
    }
  }

  private ChunkformerSettings settings(String model, String more) throws Exception {
    Path folder = models.resolve(model);
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"schema_version": 1, "name": "tiny", "task": "asr", "family": "chunkformer",
         "languages": ["vi"], "sample_rate": 16000,
         "chunkformer": {"stem": "stem.onnx", "encoder": "encoder.onnx", "ctc": "ctc.onnx",
           "predictor": "predictor.onnx", "joiner": "joiner.onnx", "tokens": "tokens.txt",
           "size": 64, "chunk": 16, %s%s}}
        """
            .formatted(LIMIT, more));
    ModelFolder found =
        new ModelCatalog(models, new Checksums())
            .choose(ModelWish.ofRecording(ModelTask.ASR, null, model, null));
    Files.delete(folder.resolve("manifest.json"));
    return ChunkformerSettings.read(found, TokenHead.AUTO);
  }
}
