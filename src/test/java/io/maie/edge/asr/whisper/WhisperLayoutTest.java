package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.GraphPreference;
import io.maie.edge.modelfile.Hardware;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as Whisper models are published in, and as they are after half a copy. */
final class WhisperLayoutTest {
  private static final List<String> DESCRIPTIONS =
      List.of(
          "config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json");

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path models;

  @ParameterizedTest
  @CsvSource({
    "/_fp16/_quantized/_int8/_uint8/_q4/_q4f16/_bnb4, _int8, int8",
    "/_fp16/_quantized/_q4, _quantized, int8",
    "/_fp16/_uint8, _uint8, uint8",
    "/_fp16/_q4/_q4f16/_bnb4, '', fp32",
    "_fp16/_q4/_q4f16/_bnb4, _q4, q4",
    "_fp16/_q4f16/_bnb4, _bnb4, bnb4",
    "_fp16/_q4f16, _q4f16, q4f16",
    "_fp16, _fp16, fp16"
  })
  void theBestPrecisionForAProcessorIsChosen(String published, String chosen, String precision)
      throws Exception {
    describe("multilingual");
    for (String suffix : published.split("/", -1)) {
      graphs(suffix, "encoder_model", "decoder_model_merged");
    }
    WhisperSettings settings = read(GraphPreference.LITTLE_MEMORY);
    assertThat(settings.encoder()).hasFileName("encoder_model" + chosen + ".onnx");
    assertThat(settings.decoder()).hasFileName("decoder_model_merged" + chosen + ".onnx");
    assertThat(settings.computeType()).isEqualTo(precision);
  }

  @ParameterizedTest
  @CsvSource({
    "fp32, 'fp32: no words lost, up to 250 MB of memory'",
    "int8, 'int8: 2 to 6 more of 100 words wrong than with 32-bit floats, up to 250 MB of memory'",
    "q8, 'q8: 0.1 more of 100 words wrong than with 32-bit floats, up to 250 MB of memory'",
    "q4, 'q4: words lost not measured, up to 250 MB of memory'"
  })
  void theDescriptionStatesPrecisionPriceAndMemory(String variant, String stated) throws Exception {
    describe("multilingual");
    graphs("", "encoder_model");
    for (String suffix : List.of("", "_q8", "_int8", "_q4")) {
      graphs(suffix, "decoder_model_merged");
    }
    graphs("_int8", "encoder_model");
    graphs("_q4", "encoder_model");
    ModelWish wish = ModelWish.ofRecording(ModelTask.ASR, null, "whisper", null);
    GraphPreference preference = GraphPreference.LITTLE_MEMORY.withVariant(variant);
    ModelCatalog catalog = new ModelCatalog(models, new Checksums(), preference);
    assertThat(catalog.choose(wish).manifest().description()).endsWith("; " + stated);
  }

  @Test
  void aGraphicsProcessorGetsHalfPrecision() throws Exception {
    describe("multilingual");
    for (String suffix : List.of("", "_fp16", "_quantized")) {
      graphs(suffix, "encoder_model", "decoder_model_merged");
    }
    assertThat(read(new GraphPreference(Hardware.GPU, false, Optional.empty())).decoder())
        .hasFileName("decoder_model_merged_fp16.onnx");
  }

  @ParameterizedTest
  @CsvSource({"q4, _q4", "fp32, ''", "quantized, _quantized", "bnb4, _bnb4", "q4f16, _q4f16"})
  void theOperatorsPrecisionIsUsed(String variant, String suffix) throws Exception {
    describe("multilingual");
    for (String each : List.of("", "_quantized", "_q4", "_bnb4", "_q4f16")) {
      graphs(each, "encoder_model", "decoder_model_merged");
    }
    assertThat(read(GraphPreference.LITTLE_MEMORY.withVariant(variant)).decoder())
        .hasFileName("decoder_model_merged" + suffix + ".onnx");
  }

  @ParameterizedTest
  @CsvSource({
    "_fp16/'', _quantized/_fp16, _fp16, _fp16",
    "''/_fp16, ''/_int8, '', ''",
    "_fp16/_q4, _int8, _q4, _int8"
  })
  void aPrecisionThatHasBothGraphsIsPreferred(
      String encoders, String decoders, String encoder, String decoder) throws Exception {
    describe("multilingual");
    for (String suffix : encoders.replace("''", "").split("/", -1)) {
      graphs(suffix, "encoder_model");
    }
    for (String suffix : decoders.replace("''", "").split("/", -1)) {
      graphs(suffix, "decoder_model_merged");
    }
    WhisperSettings settings = read(GraphPreference.LITTLE_MEMORY);
    assertThat(settings.encoder()).hasFileName("encoder_model" + encoder + ".onnx");
    assertThat(settings.decoder()).hasFileName("decoder_model_merged" + decoder + ".onnx");
  }

  @Test
  void aMergedDecoderIsPreferredToTwoFiles() throws Exception {
    describe("multilingual");
    graphs("", "encoder_model", "decoder_model", "decoder_with_past_model", "decoder_model_merged");
    assertThat(read(GraphPreference.LITTLE_MEMORY).merged()).isTrue();
  }

  @Test
  void twoFilesDoWhereNoneIsMerged() throws Exception {
    describe("multilingual");
    graphs("_quantized", "encoder_model", "decoder_model", "decoder_with_past_model");
    WhisperSettings settings = read(GraphPreference.LITTLE_MEMORY);
    assertThat(settings.merged()).isFalse();
    assertThat(settings.decoder()).hasFileName("decoder_model_quantized.onnx");
    assertThat(settings.decoderWithPast().orElseThrow())
        .hasFileName("decoder_with_past_model_quantized.onnx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"generation_config.json", "preprocessor_config.json", "tokenizer.json"})
  void aMissingDescriptionIsNamed(String missing) throws Exception {
    describe("multilingual");
    graphs("", "encoder_model", "decoder_model_merged");
    Files.delete(models.resolve("whisper").resolve(missing));
    assertRefused("'" + missing + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "decoder_model_merged, onnx/encoder_model",
    "encoder_model, onnx/decoder_model_merged",
    "encoder_model/decoder_model, onnx/decoder_with_past_model",
    "encoder_model/decoder_with_past_model, onnx/decoder_model_merged"
  })
  void aMissingGraphIsNamed(String present, String missing) throws Exception {
    describe("multilingual");
    graphs("_quantized", present.split("/"));
    assertRefused("'" + missing + ".onnx'");
  }

  @Test
  void aPrecisionThatIsNotThereIsNamed() throws Exception {
    describe("multilingual");
    graphs("", "encoder_model", "decoder_model_merged");
    assertThatThrownBy(() -> read(GraphPreference.LITTLE_MEMORY.withVariant("q4")))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("encoder_model_q4.onnx");
  }

  @ParameterizedTest
  @CsvSource({
    "multilingual, 80, 2, true",
    "mel128, 128, 2, true",
    "english, 80, 2, false",
    "distil, 80, 1, true"
  })
  void kindsOfModelsAreRecognisedByTheirFiles(
      String name, int bands, int decoderLayers, boolean multilingual) throws Exception {
    WhisperSettings settings = GoldenWhisper.open(name).settings;
    assertThat(settings.shape().melBands()).isEqualTo(bands);
    assertThat(settings.shape().decoderLayers()).isEqualTo(decoderLayers);
    assertThat(settings.tokens().multilingual()).isEqualTo(multilingual);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 30})
  void chunksAreAsLongAsTheModelSays(int seconds) throws Exception {
    describe("multilingual");
    graphs("", "encoder_model", "decoder_model_merged");
    edit("preprocessor_config.json", file -> file.put("chunk_length", seconds));
    edit("config.json", file -> file.put("max_source_positions", seconds * 50));
    WhisperShape shape = read(GraphPreference.LITTLE_MEMORY).shape();
    assertThat(shape.chunkSamples()).isEqualTo(seconds * 16_000);
    assertThat(shape.melFrames()).isEqualTo(seconds * 100);
    assertThat(shape.stepSamples()).isEqualTo(320);
  }

  @Test
  void descriptionsThatContradictEachOtherAreRefused() throws Exception {
    describe("multilingual");
    graphs("", "encoder_model", "decoder_model_merged");
    edit("preprocessor_config.json", file -> file.put("feature_size", 128));
    assertRefused("feature_size");
    describe("multilingual");
    edit("preprocessor_config.json", file -> file.put("chunk_length", 5));
    assertRefused("max_source_positions");
    describe("multilingual");
    edit("config.json", file -> file.remove("d_model"));
    assertRefused("'d_model'");
  }

  @Test
  void aLongPromptLeavesRoomForTextWhereTextIsShorterThanThePositions() throws Exception {
    describe("multilingual");
    graphs("", "encoder_model", "decoder_model_merged");
    edit("generation_config.json", file -> file.put("max_length", 24));
    WhisperSettings settings = read(GraphPreference.LITTLE_MEMORY);
    Prompt prompt = Prompt.of(settings, Collections.nCopies(300, 1), "en", false, true);
    assertThat(settings.shape().maxLength()).isEqualTo(24);
    assertThat(prompt.tokens()).hasSizeBetween(8, 16);
  }

  @ParameterizedTest
  @CsvSource({
    "config.json, max_source_positions, 0",
    "config.json, decoder_attention_heads, 0",
    "config.json, decoder_attention_heads, 7",
    "config.json, decoder_layers, -1",
    "config.json, vocab_size, 100",
    "config.json, vocab_size, 2000000000",
    "generation_config.json, max_length, 3",
    "generation_config.json, no_timestamps_token_id, 2000000000"
  })
  void numbersThatCannotBeAreTheModelsFault(String file, String key, int value) throws Exception {
    describe("multilingual");
    graphs("", "encoder_model", "decoder_model_merged");
    edit(file, content -> content.put(key, value));
    assertRefused("Expected");
  }

  @Test
  void headsThatTheDecoderLacksAreTheModelsFault() throws Exception {
    describe("multilingual");
    graphs("", "encoder_model", "decoder_model_merged");
    edit("generation_config.json", f -> f.putArray("alignment_heads").addArray().add(99).add(0));
    assertRefused("alignment_heads");
  }

  @Test
  void suppressingNoTokenSuppressesNothing() throws Exception {
    describe("multilingual");
    graphs("", "encoder_model", "decoder_model_merged");
    edit("generation_config.json", file -> file.putArray("suppress_tokens").add(-1).add(7));
    assertThat(read(GraphPreference.LITTLE_MEMORY).tokens().suppressed()).containsExactly(7);
  }

  @Test
  void languagesThatAreNotListedAreThoseOfTheVocabulary() throws Exception {
    describe("multilingual");
    graphs("", "encoder_model", "decoder_model_merged");
    WhisperTokens listed = read(GraphPreference.LITTLE_MEMORY).tokens();
    edit("generation_config.json", file -> file.put("is_multilingual", true).remove("lang_to_id"));
    assertThat(read(GraphPreference.LITTLE_MEMORY).tokens().languages())
        .containsAllEntriesOf(listed.languages());
  }

  @Test
  void languagesComeFromTheVocabularyIfNothingElseNamesThem() throws Exception {
    describe("multilingual");
    graphs("", "encoder_model", "decoder_model_merged");
    List<String> listed = languagesInTheList();
    assertThat(listed).contains("de", "en");
    edit("generation_config.json", file -> file.remove(List.of("is_multilingual", "lang_to_id")));

    edit("config.json", file -> file.put("vocab_size", 51_864));
    assertThat(read(GraphPreference.LITTLE_MEMORY).tokens().multilingual()).isFalse();
    assertThat(languagesInTheList()).containsExactly("en");

    edit("config.json", file -> file.put("vocab_size", 51_865));
    assertThat(read(GraphPreference.LITTLE_MEMORY).tokens().languages()).containsKeys("de", "en");
    assertThat(languagesInTheList()).containsAll(listed);

    edit("generation_config.json", file -> file.put("is_multilingual", false));
    assertThat(read(GraphPreference.LITTLE_MEMORY).tokens().multilingual()).isFalse();
    assertThat(languagesInTheList()).containsExactly("en");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'model': {'vocab': {'a': 0}, 'merges': null}}",
        "{'model': {'vocab': {'a': 0}, 'merges': {}}}",
        "{'model': {'vocab': {'a': -1}, 'merges': ['a b']}}",
        "{'model': {'vocab': {'a': 2000000000}, 'merges': ['a b']}}",
        "[]"
      })
  void aVocabularyOfAnotherKindIsTheModelsFault(String json) throws Exception {
    Path file = Files.writeString(models.resolve("tokenizer.json"), json.replace((char) 39, '"'));
    assertThatThrownBy(
            () ->
                assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> ByteLevelTokenizer.read(file)))
        .isInstanceOf(ProcessingException.class);
  }

  private void assertRefused(String naming) {
    assertThatThrownBy(() -> read(GraphPreference.LITTLE_MEMORY))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining(naming);
  }

  private WhisperSettings read(GraphPreference preference) throws Exception {
    ModelWish wish = ModelWish.ofRecording(ModelTask.ASR, null, "whisper", null);
    return WhisperSettings.read(new ModelCatalog(models, new Checksums(), preference).choose(wish));
  }

  private List<String> languagesInTheList() throws Exception {
    ModelWish wish = ModelWish.ofRecording(ModelTask.ASR, null, "whisper", null);
    ModelCatalog catalog = new ModelCatalog(models, new Checksums(), GraphPreference.LITTLE_MEMORY);
    return catalog.choose(wish).manifest().languages();
  }

  private void describe(String kind) throws Exception {
    Files.createDirectories(models.resolve("whisper"));
    for (String name : DESCRIPTIONS) {
      Path file = models.resolve("whisper").resolve(name);
      Files.write(file, Files.readAllBytes(GoldenWhisper.FOLDER.resolve(kind).resolve(name)));
    }
  }

  /** Only names matter here: graphs are opened when they are first used. */
  private void graphs(String suffix, String... names) throws Exception {
    Path folder = Files.createDirectories(models.resolve("whisper").resolve("onnx"));
    for (String name : names) {
      Files.writeString(folder.resolve(name + suffix + ".onnx"), name + suffix);
    }
  }

  private void edit(String name, Consumer<ObjectNode> change) throws Exception {
    Path file = models.resolve("whisper").resolve(name);
    ObjectNode content = (ObjectNode) JSON.readTree(file.toFile());
    change.accept(content);
    JSON.writeValue(file.toFile(), content);
  }
}
