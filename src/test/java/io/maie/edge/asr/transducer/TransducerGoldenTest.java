package io.maie.edge.asr.transducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.asr.frames.DecodedWord;
import io.maie.edge.asr.frames.TokenTable;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tiny models of published layouts against sherpa-onnx and onnx-asr: those of
 * src/test/python/make_transducer_models.py, and those of the shared material.
 */
final class TransducerGoldenTest {
  private static final Path MODELS = Path.of("src", "test", "resources", "transducer");

  /** Sums of a frame's numbers, each within 1e-4 and mostly much nearer. */
  private static final double SUM = 1e-3;

  private static final double PROBABILITY = 2e-3;

  @TempDir Path scratch;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());

  @AfterEach
  void close() {
    runtime.close();
  }

  @ParameterizedTest
  @CsvSource({
    "zipformer, greedy",
    "zipformer, beam4",
    "parakeet-tdt, greedy",
    "parakeet-rnnt, greedy"
  })
  void tokensAndTimesAreThoseOfOtherPrograms(String name, String search) throws Exception {
    JsonNode expected = new JsonMapper().readTree(MODELS.resolve("golden.json").toFile()).get(name);
    ModelFolder folder = folder(MODELS, name);
    TransducerRecognizer recognizer =
        TransducerRecognizer.open(folder, TransducerOptions.DEFAULTS, runtime);
    EncodedFrames frames = recognizer.encoder().encode(signal());

    List<SaidToken> said =
        search.equals("beam4") ? beam(recognizer, frames) : greedy(recognizer, frames);

    TokenTable tokens = TransducerSettings.read(folder).tokens();
    List<String> found =
        said.stream().map(token -> tokens.text(token.token()) + " " + token.frame()).toList();
    assertThat(found).isEqualTo(pairs(expected.get(search)));
    if (expected.has("frame_sums")) {
      FrameSums.assertSums(frames, expected.get("frame_sums"), within(SUM));
    }
  }

  @Test
  void zipformerIsHeardAsInTheSharedMaterial() throws Exception {
    Path models = SharedMaterial.require("examples", "transducers");
    TransducerRecognizer recognizer =
        TransducerRecognizer.open(folder(models, "zipformer"), TransducerOptions.DEFAULTS, runtime);
    TokenTable tokens = TransducerSettings.read(folder(models, "zipformer")).tokens();
    for (JsonNode clip : new JsonMapper().readTree(models.resolve("golden.json").toFile())) {
      JsonNode expected = clip.get("zipformer");
      EncodedFrames frames = recognizer.encoder().encode(samples(clip.get("clip").asText()));

      FrameSums.assertSums(frames, expected.get("frame_sums"), within(SUM));
      assertSaid(greedy(recognizer, frames), expected.get("greedy"), false);
      assertSaid(beam(recognizer, frames), expected.get("beam4"), false);
      List<Integer> phrase = new ArrayList<>();
      expected.get("phrase").forEach(token -> phrase.add(token.asInt()));
      PhraseGraph graph = PhraseGraph.of(List.of(phrase), expected.get("phrase_bonus").asDouble());
      assertSaid(search(recognizer, frames, graph), expected.get("beam4_with_phrase"), false);
      assertWords(
          new SaidWords(tokens).words(greedy(recognizer, frames), frames.count()),
          expected.get("words"),
          0.04);
    }
  }

  @Test
  void parakeetIsHeardAsInTheSharedMaterial() throws Exception {
    Path models = SharedMaterial.require("examples", "transducers");
    TransducerRecognizer recognizer =
        TransducerRecognizer.open(
            folder(models, "parakeet-tdt"), TransducerOptions.DEFAULTS, runtime);
    TokenTable tokens = TransducerSettings.read(folder(models, "parakeet-tdt")).tokens();
    for (JsonNode clip : new JsonMapper().readTree(models.resolve("golden.json").toFile())) {
      JsonNode expected = clip.get("tdt");
      EncodedFrames frames = recognizer.encoder().encode(samples(clip.get("clip").asText()));

      FrameSums.assertSums(frames, expected.get("frame_sums"), within(SUM));
      assertSaid(greedy(recognizer, frames), expected.get("greedy"), true);
      assertWords(
          new SaidWords(tokens).words(greedy(recognizer, frames), frames.count()),
          expected.get("words"),
          0.08);
    }
  }

  private static ModelFolder folder(Path models, String name) throws Exception {
    return new ModelCatalog(models, new Checksums())
        .choose(ModelWish.ofRecording(ModelTask.ASR, null, name, null));
  }

  private static List<SaidToken> greedy(TransducerRecognizer recognizer, EncodedFrames frames)
      throws Exception {
    return search(recognizer, frames, PhraseGraph.of(List.of(), 0));
  }

  /** A phrase that no search can find, so that four hypotheses are followed. */
  private static List<SaidToken> beam(TransducerRecognizer recognizer, EncodedFrames frames)
      throws Exception {
    return search(recognizer, frames, PhraseGraph.of(List.of(List.of(-1)), 1));
  }

  private static List<SaidToken> search(
      TransducerRecognizer recognizer, EncodedFrames frames, PhraseGraph phrases) throws Exception {
    try (TransducerNetwork<?> network = recognizer.openNetwork()) {
      return recognizer.search(network, frames, phrases);
    }
  }

  private static void assertSaid(List<SaidToken> said, JsonNode expected, boolean hasDurations) {
    assertThat(said).hasSize(expected.size());
    for (int i = 0; i < said.size(); i++) {
      JsonNode token = expected.get(i);
      assertThat(said.get(i).token()).isEqualTo(token.get(0).asInt());
      assertThat(said.get(i).frame()).isEqualTo(token.get(1).asInt());
      if (hasDurations) {
        assertThat(said.get(i).duration()).isEqualTo(token.get(2).asInt());
      }
      assertThat(said.get(i).logProbability())
          .isCloseTo(token.get(hasDurations ? 3 : 2).asDouble(), within(PROBABILITY));
    }
  }

  private static void assertWords(List<DecodedWord> words, JsonNode expected, double seconds) {
    assertThat(words).hasSize(expected.size());
    for (int i = 0; i < words.size(); i++) {
      DecodedWord word = words.get(i);
      JsonNode row = expected.get(i);
      assertThat(word.text()).isEqualTo(row.get(0).asText());
      assertThat(word.firstFrame() * seconds).isCloseTo(row.get(1).asDouble(), within(1e-6));
      assertThat(word.endFrame() * seconds).isCloseTo(row.get(2).asDouble(), within(1e-6));
      assertThat(word.probability()).isCloseTo(row.get(3).asDouble(), within(PROBABILITY));
    }
  }

  private static List<String> pairs(JsonNode said) {
    List<String> pairs = new ArrayList<>();
    said.forEach(token -> pairs.add(token.get(0).asText() + " " + token.get(1).asInt()));
    return pairs;
  }

  private float[] samples(String clip) throws Exception {
    SampleSource audio =
        RecordedSamples.of(SharedMaterial.require("speech", clip), scratch.resolve("clip.pcm"));
    return audio.read(new SampleSpan(0, audio.length())).samples();
  }

  /** The signal of the CTC models, then the same backwards. */
  private static float[] signal() throws Exception {
    ByteBuffer bytes =
        ByteBuffer.wrap(
                Files.readAllBytes(Path.of("src", "test", "resources", "ctc", "signal.s16le")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.remaining() / Short.BYTES;
    float[] samples = new float[2 * length];
    for (int i = 0; i < length; i++) {
      samples[i] = bytes.getShort() / 32_768f;
      samples[2 * length - 1 - i] = samples[i];
    }
    return samples;
  }
}
