package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SenseVoice as it is published, whole and broken. */
final class SenseVoiceLayoutTest {
  private static final Path PUBLISHED = Path.of("src", "test", "resources", "sensevoice", "tiny");

  @TempDir Path models;

  private Path folder = Path.of("");

  @BeforeEach
  void copyModel() throws IOException {
    folder = Files.createDirectories(models.resolve("sense-voice"));
    for (String file : List.of("model.onnx", "tokens.txt")) {
      Files.copy(PUBLISHED.resolve(file), folder.resolve(file));
    }
  }

  @Test
  void aPublishedFolderIsACtcModelOfFiveLanguages() {
    InstalledModel model = look();

    assertThat(model.state()).isEqualTo(ModelState.OK);
    assertThat(model.folder().orElseThrow().manifest().family()).isEqualTo("ctc");
    assertThat(model.folder().orElseThrow().manifest().languages())
        .containsExactly("zh", "en", "yue", "ja", "ko");
  }

  @Test
  void aTokenTableThatIsMissingOrOfAnotherModelIsNamed() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("tokens.txt"));
    Files.write(folder.resolve("tokens.txt"), lines.subList(0, 9));

    assertRefused("Expected 9 scores, as many as there are tokens, found " + lines.size());

    Files.delete(folder.resolve("tokens.txt"));
    assertRefused("Expected 'tokens.txt', found none");
  }

  @Test
  void metadataThatAreMissingAreNamed() throws IOException {
    Path file = folder.resolve("model.onnx");
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, bytes.replace("inv_stddev", "inv_stddex"), StandardCharsets.ISO_8859_1);

    assertRefused("Expected 560 numbers as inv_stddev in the metadata of the graph, found 1");
  }

  @Test
  void aGraphWithoutItsMetadataIsNoKnownLayout() throws IOException {
    Path file = folder.resolve("model.onnx");
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(
        file, bytes.replace("lfr_window_size", "lfr_window_sizf"), StandardCharsets.ISO_8859_1);

    assertThat(look().state().kind()).isEqualTo(ModelState.Kind.UNKNOWN_LAYOUT);
  }

  private void assertRefused(String sentence) {
    ModelFolders.assertRefused(folder, sentence);
  }

  private InstalledModel look() {
    return ModelFolders.look(folder);
  }
}
