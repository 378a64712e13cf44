package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
