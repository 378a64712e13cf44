package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.ModelLine;
import io.maie.edge.config.Settings;
import io.maie.edge.config.SettingsReader;
import io.maie.edge.config.SettingsSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelDeskTest {
  @TempDir private Path models;
  @TempDir private Path downloads;

  @Test
  void anImportedModelIsListedAndUsed() throws Exception {
    Path published = Files.createDirectories(downloads.resolve("silero"));
    Files.writeString(published.resolve("silero_vad.onnx"), "a graph");

    ModelLine line = desk().importFrom(published, "silero-v5");

    assertThat(line.name()).isEqualTo("silero-v5");
    assertThat(line.task()).isEqualTo("vad");
    assertThat(line.inUse()).isTrue();
    assertThat(models.resolve("silero-v5/silero_vad.onnx")).hasContent("a graph");
    assertThat(published.resolve("silero_vad.onnx")).exists();
    assertThat(desk().list()).containsExactly(line);
  }

  @Test
  void linksIntoADownloadCacheAreFollowed() throws Exception {
    Path blob = Files.writeString(downloads.resolve("blob"), "a graph");
    Path published = Files.createDirectories(downloads.resolve("silero"));
    Files.createSymbolicLink(published.resolve("silero_vad.onnx"), blob);

    desk().importFrom(published, "silero");

    assertThat(Files.isSymbolicLink(models.resolve("silero/silero_vad.onnx"))).isFalse();
    assertThat(models.resolve("silero/silero_vad.onnx")).hasContent("a graph");
  }

  @Test
  void whatIsNoModelLeavesNothingBehind() throws Exception {
    Path folder = Files.createDirectories(downloads.resolve("photos"));
    Files.writeString(folder.resolve("a.jpg"), "a picture");

    assertThatThrownBy(() -> desk().importFrom(folder, "photos"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("not imported");

    assertThat(models).isEmptyDirectory();
  }

  @Test
  void anEmptyFolderIsNoModel() throws Exception {
    Path folder = Files.createDirectories(downloads.resolve("empty"));

    assertThatThrownBy(() -> desk().importFrom(folder, "empty"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void anExistingModelIsNeverReplaced() throws Exception {
    Files.createDirectories(models.resolve("mine"));
    Path folder = Files.createDirectories(downloads.resolve("other"));

    assertThatThrownBy(() -> desk().importFrom(folder, "mine"))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void aNameCannotLeaveTheFolderOfModels() {
    assertThatThrownBy(() -> desk().importFrom(downloads, "../outside"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("../outside");
  }

  @Test
  void aFolderThatIsNoModelIsListedWithItsReason() throws IOException {
    Files.createDirectories(models.resolve("odd"));

    List<ModelLine> lines = desk().verify();

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).state()).isEqualTo("unknown layout");
    assertThat(lines.get(0).reason()).contains("manifest.json");
  }

  private ModelDesk desk() {
    Map<String, String> environment = Map.of("MAIE_MODELS__PATH", models.toString());
    Settings settings =
        SettingsReader.read(SettingsSources.of(downloads, environment)).settings().orElseThrow();
    return new ModelDesk(settings, BuildFacts.read(), environment);
  }
}
