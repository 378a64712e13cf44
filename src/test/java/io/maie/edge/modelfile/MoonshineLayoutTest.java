package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders as Moonshine models are published in. */
final class MoonshineLayoutTest {
  private static final String CONFIG =
      """
      {"model_type": "moonshine", "decoder_start_token_id": 1, "eos_token_id": 2}
      """;

  @TempDir private Path models;

  @Test
  void theEncoderOfFloatsGoesWithTheDecoderOfEightBits() throws Exception {
    Path folder = published("moonshine-base", CONFIG);
    graphs(folder, "encoder_model", "encoder_model_int8", "decoder_model_merged_int8");
    ModelFolder found = only().folder().orElseThrow();
    assertThat(found.manifest().family()).isEqualTo("moonshine");
    assertThat(found.manifest().languages()).containsExactly("en");
    ManifestSection settings = found.manifest().settings();
    assertThat(found.file(settings, "encoder")).hasFileName("encoder_model.onnx");
    assertThat(found.file(settings, "decoder")).hasFileName("decoder_model_merged_int8.onnx");
    assertThat(settings.text("compute_type")).isEqualTo("int8");
    assertThat(settings.integer("end_token")).isEqualTo(2);
  }

  @Test
  void twoDecoderFilesAreTakenWhereNoneIsMerged() throws Exception {
    Path folder = published("moonshine-tiny", CONFIG);
    graphs(folder, "encoder_model", "decoder_model", "decoder_with_past_model");
    ModelFolder found = only().folder().orElseThrow();
    assertThat(found.file(found.manifest().settings(), "decoder_with_past"))
        .hasFileName("decoder_with_past_model.onnx");
  }

  @Test
  void theEndOfTheFoldersNameIsTheLanguage() throws Exception {
    Path folder = published("moonshine-tiny-ja", CONFIG);
    graphs(folder, "encoder_model", "decoder_model_merged");
    assertThat(only().folder().orElseThrow().manifest().languages()).containsExactly("ja");
  }

  @Test
  void aModelUnderARestrictedLicenceIsUsedOnlyWhereItIsNamed() throws Exception {
    Path folder = published("moonshine-tiny-ja", CONFIG);
    graphs(folder, "encoder_model", "decoder_model_merged");
    ModelCatalog catalog = new ModelCatalog(models, new Checksums());
    ModelWish unnamed =
        ModelWish.ofRecording(ModelTask.ASR, null, null, null).withLanguages(List.of("ja"));
    ModelWish named =
        ModelWish.ofRecording(ModelTask.ASR, null, "moonshine-tiny-ja", null)
            .withLanguages(List.of("ja"));

    assertThat(only().folder().orElseThrow().manifest().license())
        .isEqualTo("Moonshine-AI-Community");
    assertThatThrownBy(() -> catalog.choose(unnamed))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.LANGUAGE_UNSUPPORTED);
              assertThat(e.hint().orElseThrow()).contains("asr.model", "licence");
            });
    assertThat(catalog.choose(named).path()).isEqualTo(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "MIT, true",
    "Apache-2.0, true",
    "'', true",
    "CC-BY-4.0, true",
    "cc-by-nc-4.0, false",
    "CC-BY-NC-SA-4.0, false",
    "Moonshine-AI-Community, false",
    "Gemma-Research, false"
  })
  void aRestrictiveLicenceIsShown(String name, boolean free) {
    assertThat(Licences.isFree(name)).isEqualTo(free);
  }

  @Test
  void aStreamingModelIsRefusedWithASentence() throws Exception {
    published("moonshine-streaming", "{\"model_type\": \"moonshine_streaming\"}");
    assertThat(only().state().isOk()).isFalse();
    assertThat(only().state().reason()).contains("streaming");
  }

  @Test
  void aModelThatWantsNormalisedSamplesIsRefused() throws Exception {
    Path folder = published("moonshine-tiny", CONFIG);
    graphs(folder, "encoder_model", "decoder_model_merged");
    Files.writeString(folder.resolve("preprocessor_config.json"), "{\"do_normalize\": true}");
    assertThat(only().state().reason()).contains("do_normalize");
  }

  @Test
  void aFolderWithoutItsDecoderNamesIt() throws Exception {
    Path folder = published("moonshine-tiny", CONFIG);
    graphs(folder, "encoder_model");
    assertThat(only().state().reason()).contains("decoder_model_merged.onnx");
  }

  private Path published(String name, String config) throws Exception {
    Path folder = Files.createDirectories(models.resolve(name));
    Files.createDirectories(folder.resolve("onnx"));
    Files.writeString(folder.resolve("config.json"), config);
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    return folder;
  }

  private static void graphs(Path folder, String... names) throws Exception {
    for (String name : names) {
      Files.write(folder.resolve("onnx").resolve(name + ".onnx"), new byte[] {1});
    }
  }

  private InstalledModel only() throws Exception {
    List<InstalledModel> all = new ModelCatalog(models, new Checksums()).list();
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
