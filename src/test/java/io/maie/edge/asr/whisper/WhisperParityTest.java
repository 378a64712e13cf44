package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.asr.seq2seq.BatchDecoder;
import io.maie.edge.asr.seq2seq.DecoderGraph;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.HeardSound;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Language;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Decoding against transformers, word times against openai/whisper;
 * src/test/python/whisper/golden.py recorded their answers.
 */
final class WhisperParityTest {
  /** A logit sums over the whole width of a state, so it deviates more. */
  private static final double LOGITS_PER_STATE = 4;

  @TempDir Path scratch;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());

  @AfterEach
  void close() {
    runtime.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"multilingual", "distil", "micro"})
  void saysTheSameTokensAsTheReference(String name) throws Exception {
    GoldenWhisper model = GoldenWhisper.open(name, "", true, scratch);
    for (JsonNode expected : model.golden.get("cases")) {
      GoldenDecoding.Decoded decoded = decode(model, expected);
      assertThat(decoded.tokens())
          .as(expected.toString())
          .isEqualTo(GoldenWhisper.ints(expected.get("tokens")));
      assertThat(decoded.noSpeech()).isCloseTo(expected.get("no_speech").asDouble(), within(1e-4));
      if (expected.has("score")) {
        assertThat(decoded.search().averageLogProbability())
            .isCloseTo(expected.get("score").asDouble(), within(1e-4));
      } else {
        for (int i = 0; i < decoded.probabilities().size(); i++) {
          assertThat(decoded.probabilities().get(i))
              .isCloseTo(expected.get("log_probabilities").get(i).asDouble(), within(1e-3));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"multilingual"})
  void twoDecoderFilesSayWhatOneSays(String name) throws Exception {
    GoldenWhisper model = GoldenWhisper.open(name, "", false, scratch);
    assertThat(model.settings.merged()).isFalse();
    for (JsonNode expected : model.golden.get("cases")) {
      assertThat(decode(model, expected).tokens())
          .isEqualTo(GoldenWhisper.ints(expected.get("tokens")));
    }
  }

  @Test
  void twoDecoderFilesOfEightBitsAgreeWithOnnxruntimeInPython() throws Exception {
    GoldenWhisper model =
        GoldenWhisper.open(
            "distil",
            scratch,
            "encoder_model",
            "decoder_model_quantized",
            "decoder_with_past_model_quantized");
    assertThat(model.settings.merged()).isFalse();
    assertThat(model.settings.computeType()).isEqualTo("int8");
    JsonNode expected = model.golden.get("onnxruntime_two_files");
    Prompt prompt = new Prompt(GoldenWhisper.ints(expected.get("prompt")), 0);
    GoldenDecoding.Decoded decoded =
        new GoldenDecoding(model, runtime).decode(List.of(model.heard(1)), prompt, true, 1).get(0);
    assertThat(decoded.tokens()).startsWith(expectedTokens(expected));
    assertThat(expectedTokens(expected)).hasSizeGreaterThan(4);
  }

  @ParameterizedTest
  @CsvSource({
    "multilingual, ''",
    "multilingual, _quantized",
    "multilingual, _fp16",
    "mel128, _quantized",
    "english, _quantized",
    "english, _fp16",
    "distil, ''",
    "distil, _q4",
    "distil, _bnb4",
    "distil, _q4f16",
    "micro, ''",
    "micro, _quantized"
  })
  void agreesWithOnnxruntimeInPythonOnTheSameGraph(String name, String suffix) throws Exception {
    GoldenWhisper model = GoldenWhisper.open(name, suffix, true, scratch);
    JsonNode expected = model.published(suffix);
    Prompt prompt = new Prompt(GoldenWhisper.ints(model.golden.get("onnxruntime_prompt")), 0);
    GoldenDecoding.Decoded decoded =
        new GoldenDecoding(model, runtime).decode(List.of(model.heard(1)), prompt, true, 1).get(0);
    assertThat(decoded.tokens()).startsWith(expectedTokens(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "multilingual, '', 1e-4",
    "multilingual, _quantized, 0.1",
    "multilingual, _fp16, 0.02",
    "mel128, _quantized, 0.1",
    "english, _quantized, 0.1",
    "english, _fp16, 0.02",
    "distil, '', 1e-4",
    "distil, _q4, 1e-4",
    "distil, _bnb4, 1e-4",
    "distil, _q4f16, 0.02",
    "micro, '', 1e-4",
    "micro, _quantized, 0.1"
  })
  void hearsAndScoresAsOnnxruntimeInPythonOnTheSameGraph(
      String name, String suffix, double tolerance) throws Exception {
    GoldenWhisper model = GoldenWhisper.open(name, suffix, true, scratch);
    JsonNode expected = model.published(suffix);
    List<Integer> prompt = GoldenWhisper.ints(model.golden.get("onnxruntime_prompt"));
    WhisperEngine engine = engine(model);
    EncodedChunks encoded =
        engine.encoder().encode(List.of(model.heard(1)), Cancellation.disabled());
    try (Tensor hidden = encoded.one(0).all()) {
      assertThat(GoldenWhisper.beginning(hidden.toFloats(), model.settings.shape().width()))
          .containsExactly(GoldenWhisper.floats(expected.get("hidden")), within((float) tolerance));
    }
    int[] ids = prompt.stream().mapToInt(i -> i).toArray();
    float[] scores =
        new BatchDecoder(
                new DecoderGraph(
                    model.settings.decoderFiles(), model.settings.decoderShape(), name, runtime))
            .scoresAfter(encoded, ids, ids.length - 1)
            .get(0);
    float[] logits = GoldenWhisper.floats(expected.get("first_logits"));
    assertThat(Arrays.copyOf(scores, logits.length))
        .containsExactly(logits, within((float) (LOGITS_PER_STATE * tolerance)));
  }

  @Test
  void chunksDecodedTogetherSayWhatTheySayAlone() throws Exception {
    GoldenWhisper model = GoldenWhisper.open("distil", "", true, scratch);
    for (int beams : new int[] {1, 5}) {
      JsonNode first = find(model, 0, beams);
      JsonNode second = find(model, 1, beams);
      List<GoldenDecoding.Decoded> decoded =
          new GoldenDecoding(model, runtime)
              .decode(
                  List.of(model.heard(0), model.heard(1), model.heard(0)),
                  new Prompt(GoldenWhisper.ints(first.get("prompt")), 0),
                  true,
                  beams);
      assertThat(decoded.get(0).tokens()).isEqualTo(GoldenWhisper.ints(first.get("tokens")));
      assertThat(decoded.get(1).tokens()).isEqualTo(GoldenWhisper.ints(second.get("tokens")));
      assertThat(decoded.get(2).tokens()).isEqualTo(GoldenWhisper.ints(first.get("tokens")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"multilingual", "distil", "micro"})
  void findsTheSameLanguage(String name) throws Exception {
    GoldenWhisper model = GoldenWhisper.open(name, "", true, scratch);
    WhisperEngine engine = engine(model);
    for (int sound = 0; sound < model.golden.get("languages").size(); sound++) {
      EncodedChunks encoded =
          engine.encoder().encode(List.of(model.heard(sound)), Cancellation.disabled());
      Language found = engine.decoder().languageOdds(encoded, Set.of()).best();
      JsonNode expected = model.golden.get("languages").get(sound);
      assertThat(found.code()).isEqualTo(expected.get("code").asText());
      assertThat(found.probability())
          .isCloseTo(expected.get("probability").asDouble(), within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"multilingual", "distil", "micro"})
  void textBeginsWithinTwentyMillisecondsOfOpenaiWhisper(String name) throws Exception {
    GoldenWhisper model = GoldenWhisper.open(name, "", true, scratch);
    for (JsonNode expected : model.golden.get("alignments")) {
      int[] steps = steps(model, expected, List.of());
      assertThat(steps).hasSize(expected.get("seconds").size());
      for (int i = 0; i < steps.length; i++) {
        assertThat(steps[i] * 0.02)
            .as("token %d of %s", i, expected)
            .isCloseTo(expected.get("seconds").get(i).asDouble(), within(0.0201));
      }
    }
    assertThat(model.golden.get("alignments")).isNotEmpty();
  }

  @Test
  void earlierTextDoesNotMoveWordTimes() throws Exception {
    GoldenWhisper model = GoldenWhisper.open("micro", "", true, scratch);
    JsonNode chunk = model.golden.get("alignments").get(0);
    List<Integer> before = GoldenWhisper.ints(model.golden.get("alignments").get(1).get("text"));
    assertThat(steps(model, chunk, before)).isEqualTo(steps(model, chunk, List.of()));
  }

  @Test
  void textThatFillsTheDecoderIsTimedToo() throws Exception {
    GoldenWhisper model = GoldenWhisper.open("distil", "", true, scratch);
    ObjectNode chunk = model.golden.get("alignments").get(0).deepCopy();
    // behind three tokens of the start and one of a timestamp
    int most = model.settings.shape().maxLength() - 4;
    ArrayNode text = chunk.putArray("text");
    for (int i = 0; i < most; i++) {
      text.add(300 + i);
    }
    assertThat(steps(model, chunk, List.of())).hasSize(most + 1).isSorted();
  }

  /** Times of the text of a golden chunk, behind other text. */
  private int[] steps(GoldenWhisper model, JsonNode chunk, List<Integer> before) throws Exception {
    WhisperEngine engine = engine(model);
    List<Integer> ids = new ArrayList<>(before);
    ids.addAll(GoldenWhisper.ints(chunk.get("prompt")));
    Prompt prompt = new Prompt(ids, before.size());
    List<ScoredToken> text =
        GoldenWhisper.ints(chunk.get("text")).stream().map(id -> new ScoredToken(id, 0)).toList();
    EncodedChunks encoded =
        engine
            .encoder()
            .encode(List.of(model.heard(chunk.get("sound").asInt())), Cancellation.disabled());
    try (Tensor hidden = encoded.one(0).all()) {
      return engine
          .alignment()
          .steps(prompt, text, HeardSound.of(hidden), chunk.get("frames").asInt())
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @CsvSource({"multilingual, 1", "mel128, 2", "micro, 3"})
  void spectrogramsEqualTheReference(String name, int threads) throws Exception {
    GoldenWhisper model = GoldenWhisper.open(name);
    WhisperShape shape = model.settings.shape();
    WhisperFrontEnd frontEnd = new WhisperFrontEnd(shape, new ParallelRange(threads));
    for (int sound = name.equals("multilingual") ? 0 : 1; sound < 2; sound++) {
      float[] samples = model.heard(sound);
      float[] expected = GoldenWhisper.floats(model.file("log-mel-" + sound + ".f32"));
      FloatBuffer features = FloatBuffer.allocate(expected.length);
      frontEnd.compute(samples, samples.length, features);
      assertThat(features.array()).containsExactly(expected, within(1e-4f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"multilingual", "english", "micro"})
  void textsBecomeTheSameTokensAndBack(String name) throws Exception {
    GoldenWhisper model = GoldenWhisper.open(name);
    ByteLevelTokenizer tokenizer = ByteLevelTokenizer.read(model.settings.tokenizer());
    for (JsonNode expected : model.golden.get("texts")) {
      String text = expected.get("text").asText();
      int[] ids = tokenizer.encode(text);
      assertThat(ids)
          .as(text)
          .containsExactly(
              GoldenWhisper.ints(expected.get("ids")).stream().mapToInt(i -> i).toArray());
      assertThat(tokenizer.decode(ids)).isEqualTo(text);
    }
  }

  private WhisperEngine engine(GoldenWhisper model) throws Exception {
    return WhisperEngine.open(model.settings, WhisperOptions.DEFAULTS, "golden", runtime);
  }

  private static JsonNode find(GoldenWhisper model, int sound, int beams) {
    for (JsonNode expected : model.golden.get("cases")) {
      if (expected.get("sound").asInt() == sound
          && expected.get("beams").asInt() == beams
          && expected.get("name").asText().equals("en stamps")) {
        return expected;
      }
    }
    throw new AssertionError("no such case");
  }

  /**
   * The leading tokens that clearly lead: behind a near tie another processor may say something
   * else.
   */
  private static Integer[] expectedTokens(JsonNode expected) {
    return GoldenWhisper.ints(expected.get("tokens")).toArray(Integer[]::new);
  }

  private GoldenDecoding.Decoded decode(GoldenWhisper model, JsonNode expected) throws Exception {
    return new GoldenDecoding(model, runtime).decode(expected);
  }
}
