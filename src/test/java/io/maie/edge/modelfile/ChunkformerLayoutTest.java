package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.testing.SharedMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exported ChunkFormer models, whole and broken. */
final class ChunkformerLayoutTest {
  @TempDir Path models;

  private Path folder = Path.of("");

  @BeforeEach
  void copyModel() throws IOException {
    folder = Files.createDirectories(models.resolve("chunkformer-rnnt-large-vie"));
    try (Stream<Path> files =
        Files.list(SharedMaterial.require("examples", "chunkformer", "tiny"))) {
      for (Path file : files.toList()) {
        Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
  }

  @Test
  void anExportedFolderIsFine() {
    InstalledModel model = look();

    assertThat(model.state()).isEqualTo(ModelState.OK);
    assertThat(model.folder().orElseThrow().manifest().family()).isEqualTo("chunkformer");
    assertThat(model.folder().orElseThrow().manifest().languages()).containsExactly("vi");
  }

  @Test
  void anEncoderOfEightBitsIsPreferred() throws Exception {
    Files.copy(folder.resolve("encoder.onnx"), folder.resolve("encoder.int8.onnx"));

    ManifestSection settings = look().folder().orElseThrow().manifest().settings();

    assertThat(settings.text("encoder")).isEqualTo("encoder.int8.onnx");
  }

  @Test
  void everyPartThatIsMissingIsNamed() throws IOException {
    for (String part : List.of("stem", "encoder", "ctc", "predictor", "joiner")) {
      Path file = folder.resolve(part + ".onnx");
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);

      assertRefused("Expected '%s.onnx'".formatted(part));
      Files.write(file, bytes);
    }
  }

  @Test
  void aTokenTableOfAnotherModelIsRefused() throws IOException {
    Files.writeString(folder.resolve("tokens.txt"), "<blank>\n<unk>\n\u2581a\n");

    assertRefused("Expected 3 tokens in chunkformer.json, as in tokens.txt, found 200");
  }

  @Test
  void numbersThatContradictTheGraphAreRefused() throws IOException {
    edit("\"size\": 64", "\"size\": 512");

    assertRefused("Expected 512 numbers per frame from the stem, found 64");
  }

  @Test
  void cachesOfAnotherShapeAreRefused() throws IOException {
    edit("\"att_cache_shape\": [\n  3,\n  32", "\"att_cache_shape\": [\n  3,\n  128");

    assertRefused("Expected 128 as axis 1 of att_cache, as chunkformer.json has it, found 32");
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    edit("chunkformer-onnx-1", "chunkformer-onnx-9");

    assertRefused("Expected format chunkformer-onnx-1");
  }

  @Test
  void aCheckpointIsRefusedAsOneToExport() throws IOException {
    Path checkpoint = Files.createDirectories(models.resolve("checkpoint"));
    Files.writeString(checkpoint.resolve("config.yaml"), "model: transducer\n");
    Files.writeString(checkpoint.resolve("pytorch_model.pt"), "weights");

    ModelState state = new ModelCatalog(models, new Checksums()).inspect(checkpoint).state();

    assertThat(state.reason()).contains("found a checkpoint");
    assertThat(state.hint()).contains("python export_chunkformer.py CHECKPOINT OUT");
  }

  private void edit(String before, String after) throws IOException {
    Path file = folder.resolve("chunkformer.json");
    String text = Files.readString(file);
    assertThat(text).contains(before);
    Files.writeString(file, text.replace(before, after));
  }

  private void assertRefused(String sentence) {
    ModelFolders.assertRefused(folder, sentence);
  }

  private InstalledModel look() {
    return ModelFolders.look(folder);
  }
}
