package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.DecoderPrecision;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.ImportOrder;
import io.maie.edge.cli.ModelLine;
import io.maie.edge.cli.PreparationOrder;
import io.maie.edge.cli.PreparedModel;
import io.maie.edge.config.Settings;
import io.maie.edge.config.SettingsReader;
import io.maie.edge.config.SettingsSources;
import io.maie.edge.testing.ScratchSettings;
import io.maie.edge.testing.SharedMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCommandsTest {
  private static final Path SAMPLES = Path.of("src/main/dist/samples").toAbsolutePath();

  @TempDir private Path models;
  @TempDir private Path downloads;

  @Test
  void anImportedModelIsListedAndUsed() throws Exception {
    Path published = Files.createDirectories(downloads.resolve("silero"));
    Files.writeString(published.resolve("silero_vad.onnx"), "a graph");

    ModelLine line = desk().importFrom(new ImportOrder(published, "silero-v5", null));

    assertThat(line.name()).isEqualTo("silero-v5");
    assertThat(line.task()).isEqualTo("vad");
    assertThat(line.inUse()).isTrue();
    assertThat(models.resolve("silero-v5/silero_vad.onnx")).hasContent("a graph");
    assertThat(published.resolve("silero_vad.onnx")).exists();
    assertThat(desk().list()).containsExactly(line);
  }

  @Test
  void aLicenceThatIsStatedIsKeptAndObeyed() throws Exception {
    Path published = Path.of("src", "test", "resources", "transducer", "zipformer");

    ModelLine free = desk().importFrom(new ImportOrder(published, "free", "Apache-2.0"));
    ModelLine bound = desk().importFrom(new ImportOrder(published, "bound", "CC-BY-NC-4.0"));

    assertThat(free.license()).isEqualTo("Apache-2.0");
    assertThat(free.inUse()).isTrue();
    assertThat(bound.license()).isEqualTo("CC-BY-NC-4.0");
    assertThat(bound.inUse()).isFalse();
    assertThat(bound.remark()).contains("used only where it is named");
    Path carried = models.resolve("bound");
    assertThat(desk().importFrom(new ImportOrder(carried, "again", null)).license())
        .isEqualTo("CC-BY-NC-4.0");
    assertThat(desk().importFrom(new ImportOrder(carried, "asked", "MIT")).license())
        .isEqualTo("MIT");
  }

  @Test
  void linksIntoADownloadCacheAreFollowed() throws Exception {
    Path blob = Files.writeString(downloads.resolve("blob"), "a graph");
    Path published = Files.createDirectories(downloads.resolve("silero"));
    Files.createSymbolicLink(published.resolve("silero_vad.onnx"), blob);

    desk().importFrom(new ImportOrder(published, "silero", null));

    assertThat(Files.isSymbolicLink(models.resolve("silero/silero_vad.onnx"))).isFalse();
    assertThat(models.resolve("silero/silero_vad.onnx")).hasContent("a graph");
  }

  @Test
  void aRefusedImportLeavesNothingBehind() throws Exception {
    Path folder = Files.createDirectories(downloads.resolve("photos"));
    Files.writeString(folder.resolve("a.jpg"), "a picture");

    assertThatThrownBy(() -> desk().importFrom(new ImportOrder(folder, "photos", null)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("not imported");

    assertThat(models).isEmptyDirectory();
  }

  @Test
  void anEmptyFolderIsNoModel() throws Exception {
    Path folder = Files.createDirectories(downloads.resolve("empty"));

    assertThatThrownBy(() -> desk().importFrom(new ImportOrder(folder, "empty", null)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void anExistingModelIsNeverReplaced() throws Exception {
    Files.createDirectories(models.resolve("mine"));
    Path folder = Files.createDirectories(downloads.resolve("other"));

    assertThatThrownBy(() -> desk().importFrom(new ImportOrder(folder, "mine", null)))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void aNameCannotLeaveTheFolderOfModels() {
    assertThatThrownBy(() -> desk().importFrom(new ImportOrder(downloads, "../outside", null)))
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

  @Test
  void aDecoderWithNothingToRoundStaysInUse() throws Exception {
    Path published = SharedMaterial.require("models", "whisper-base");
    desk().importFrom(new ImportOrder(published, "whisper-base", null));

    PreparedModel prepared = prepare(DecoderPrecision.Q8);

    assertThat(prepared.account()).contains("32-bit floats stay in use");
    assertThat(prepared.line().state()).isEqualTo("ok");
    assertThat(prepared.line().version()).isEqualTo("fp32");
    assertThat(models.resolve("whisper-base/onnx")).isDirectoryNotContaining("glob:**_q8*");
    assertThat(prepare(DecoderPrecision.FP32).account()).isEmpty();
    assertThatThrownBy(() -> prepare(DecoderPrecision.INT8))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("8 bits as published");
  }

  @Test
  void aModelThatIsNotThereCannotBePrepared() {
    assertThatThrownBy(() -> prepare(DecoderPrecision.AUTO))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("No model 'whisper-base'");
  }

  private PreparedModel prepare(DecoderPrecision precision) throws Exception {
    return desk().prepare(new PreparationOrder("whisper-base", precision, false), () -> {});
  }

  private ModelCommands desk() {
    Map<String, String> environment = Map.of("MAIE_MODELS__PATH", models.toString());
    SettingsSources sources = ScratchSettings.of(downloads, environment);
    Settings settings = SettingsReader.read(sources).settings().orElseThrow();
    return new ModelCommands(
        settings, BuildFacts.read(), environment, new PrecisionCommands(sources, SAMPLES));
  }
}
