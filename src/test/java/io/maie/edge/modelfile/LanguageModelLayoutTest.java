package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of language models as they are published, whole and broken. */
final class LanguageModelLayoutTest {
  private static final Path PUBLISHED = Path.of("src/test/resources/text/models");

  @TempDir Path models;

  @Test
  void everyFamilyIsOneForTexts() throws Exception {
    for (String family : List.of("qwen2", "qwen3", "llama3", "smollm2", "gemma3")) {
      put(family, family);
    }

    assertThat(catalog(GraphPreference.CPU).list())
        .hasSize(5)
        .allSatisfy(
            model -> {
              assertThat(model.state()).isEqualTo(ModelState.OK);
              Manifest manifest = model.folder().orElseThrow().manifest();
              assertThat(manifest.task()).isEqualTo(ModelTask.TEXT);
              assertThat(manifest.family()).isEqualTo("decoder");
              assertThat(manifest.files()).containsKeys("config.json", "tokenizer.json");
            });
  }

  @Test
  void weightsOfFourBitsComeBeforeFloats() throws Exception {
    put("qwen2", "qwen");

    Manifest manifest = only().folder().orElseThrow().manifest();

    assertThat(manifest.settings().text("graph")).isEqualTo("onnx/model_q4.onnx");
    assertThat(manifest.version()).isEqualTo("q4");
    assertThat(manifest.files()).doesNotContainKey("onnx/model.onnx");
  }

  @Test
  void withLittleMemoryEightBitsComeFirst() {
    Set<String> names =
        Set.of("onnx/model.onnx", "onnx/model_q4.onnx", "onnx/model_quantized.onnx");

    assertThat(graph(names, GraphPreference.LITTLE_MEMORY)).contains("onnx/model_quantized.onnx");
    assertThat(graph(names, GraphPreference.CPU)).contains("onnx/model_q4.onnx");
  }

  @Test
  void weightsInFilesBesideTheGraphBelongToIt() {
    Set<String> names =
        Set.of(
            "onnx/model.onnx",
            "onnx/model.onnx_data",
            "onnx/model_q4.onnx",
            "onnx/model_q4.onnx_data",
            "onnx/model_q4.onnx_data_1");

    assertThat(DecoderGraphFile.among(names, GraphPreference.CPU).orElseThrow().files())
        .containsExactly(
            "onnx/model_q4.onnx", "onnx/model_q4.onnx_data", "onnx/model_q4.onnx_data_1");
  }

  @Test
  void aFolderWithoutTokenizerIsDamaged() throws Exception {
    Files.delete(put("qwen2", "qwen").resolve("tokenizer.json"));

    assertDamaged("Expected 'tokenizer.json' in the folder of the language model");
  }

  @Test
  void aFolderWithoutChatTemplateIsDamaged() throws Exception {
    Files.delete(put("qwen2", "qwen").resolve("chat_template.jinja"));

    assertDamaged("Expected a chat template, which models for conversations have,");
  }

  @Test
  void aFolderWithoutGraphIsDamaged() throws Exception {
    FileUtils.deleteDirectory(put("qwen2", "qwen").resolve("onnx").toFile());

    assertDamaged("Expected 'onnx/model.onnx', or one with a suffix such as '_q4',");
  }

  @Test
  void aModelWithTermsOfItsOwnIsNotChosenUnasked() throws Exception {
    put("gemma3", "gemma-3-1b-it");
    put("llama3", "Llama-3.2-1B-Instruct");
    put("smollm2", "SmolLM2-360M-Instruct");

    ModelFolder chosen =
        catalog(GraphPreference.CPU).choose(ModelWish.ofInstallation(ModelTask.TEXT, null, null));

    assertThat(chosen.name()).isEqualTo("SmolLM2-360M-Instruct");
  }

  @Test
  void theFilesThatAreFetchedAreThoseThatAreUsed() throws Exception {
    Set<String> names =
        Set.of(
            "README.md",
            "config.json",
            "generation_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "vocab.json",
            "onnx/model.onnx",
            "onnx/model_q4.onnx");

    assertThat(PublishedParts.among(new FileListing(names, "here"), GraphPreference.CPU))
        .containsExactlyInAnyOrder(
            "README.md",
            "config.json",
            "generation_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "onnx/model_q4.onnx");
  }

  private static Optional<String> graph(Set<String> names, GraphPreference preference) {
    return DecoderGraphFile.among(names, preference).map(DecoderGraphFile::path);
  }

  private void assertDamaged(String reason) throws IOException {
    InstalledModel model = only();

    assertThat(model.state().kind()).isEqualTo(ModelState.Kind.DAMAGED);
    assertThat(model.state().reason()).startsWith(reason).endsWith("found none");
  }

  private InstalledModel only() throws IOException {
    List<InstalledModel> installed = catalog(GraphPreference.CPU).list();
    assertThat(installed).hasSize(1);
    return installed.get(0);
  }

  private ModelCatalog catalog(GraphPreference preference) {
    return new ModelCatalog(models, new Checksums(), preference);
  }

  private Path put(String family, String name) throws IOException {
    Path folder = models.resolve(name);
    FileUtils.copyDirectory(PUBLISHED.resolve(family).toFile(), folder.toFile());
    return folder;
  }
}
