package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.DecoderPrecision;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.ImportOrder;
import io.maie.edge.cli.PreparationOrder;
import io.maie.edge.cli.PreparedModel;
import io.maie.edge.config.Settings;
import io.maie.edge.config.SettingsReader;
import io.maie.edge.config.SettingsSources;
import io.maie.edge.modelfile.ListedModel;
import io.maie.edge.onnx.FoldedGraph;
import io.maie.edge.testing.ScratchSettings;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCommandsTest {
  private static final Path SAMPLES = Path.of("src/main/dist/samples").toAbsolutePath();
  private static final List<String> FLOATS =
      List.of("encoder_model.onnx", "decoder_model_merged.onnx");

  @TempDir private Path models;
  @TempDir private Path downloads;

  @Test
  void anImportedModelIsListedAndUsed() throws Exception {
    Path published = Files.createDirectories(downloads.resolve("silero"));
    Files.writeString(published.resolve("silero_vad.onnx"), "a graph");

    ListedModel line = desk().importFrom(new ImportOrder(published, "silero-v5", null));

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

    ListedModel free = desk().importFrom(new ImportOrder(published, "free", "Apache-2.0"));
    ListedModel bound = desk().importFrom(new ImportOrder(published, "bound", "CC-BY-NC-4.0"));

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

    List<ListedModel> lines = desk().verify();

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).state()).isEqualTo("unknown layout");
    assertThat(lines.get(0).reason()).contains("manifest.json");
  }

  @Test
  void aDecoderWithNothingToRoundStaysInUse() throws Exception {
    Path published = SharedMaterial.require("models", "whisper-base");
    desk().importFrom(new ImportOrder(published, "whisper-base", null));

    PreparedModel prepared = prepare("whisper-base", DecoderPrecision.AUTO);

    assertThat(prepared.account()).contains("32-bit floats stay in use");
    assertThat(prepared.line().state()).isEqualTo("ok");
    assertThat(prepared.line().version()).isEqualTo("fp32");
    assertThat(models.resolve("whisper-base/onnx")).isDirectoryNotContaining("glob:**_q8*");
    assertThat(prepare("whisper-base", DecoderPrecision.FP32).account()).isEmpty();
    assertThatThrownBy(() -> prepare("whisper-base", DecoderPrecision.INT8))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("8 bits as published");
  }

  @Test
  void aDecoderOf8BitsThatWasAskedForAndCannotBeMadeIsAFailure() throws Exception {
    Path published = SharedMaterial.require("models", "whisper-base");
    desk().importFrom(new ImportOrder(published, "whisper-base", null));

    assertThatThrownBy(() -> prepare("whisper-base", DecoderPrecision.Q8))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
        .hasMessageContaining("'whisper-base' has no decoder of 8-bit blocks")
        .hasMessageContaining("32-bit floats stay in use");
    assertThat(desk().list().get(0).state()).isEqualTo("ok");
  }

  @Test
  void decodersAreComparedWhateverElseIsInstalled() throws Exception {
    PathUtils.copyDirectory(Path.of("models", "silero-vad"), models.resolve("silero-vad"));
    importFloats("multilingual", "preferred");
    importFloats("micro", "candidate");
    Files.createDirectories(models.resolve("odd/onnx"));
    Files.writeString(models.resolve("odd/config.json"), "{\"model_type\": \"whisper\"}");

    PreparedModel prepared = prepare("candidate", DecoderPrecision.Q8);

    assertThat(prepared.account()).startsWith("8-bit blocks are in use: ");
    assertThat(prepared.line().version()).isEqualTo("q8");
    assertThat(models.resolve("candidate/onnx/decoder_model_merged.onnx")).doesNotExist();
    assertThat(models.resolve("preferred/onnx/decoder_model_merged.onnx")).exists();
  }

  @Test
  void aSlowerDecoderOf8BitsIsUsedOnlyIfItWasAskedFor() throws Exception {
    importFloats("micro", "candidate");
    // every look doubles the time, so that the second decoder seems the slower one
    AtomicLong nanos = new AtomicLong(1_000_000_000L);
    Ticker slower = () -> nanos.getAndUpdate(now -> 2 * now);

    PreparationOrder left = new PreparationOrder("candidate", DecoderPrecision.AUTO, true);
    PreparedModel kept = commands(slower).prepare(left, () -> {});
    PreparationOrder wanted = new PreparationOrder("candidate", DecoderPrecision.Q8, true);
    PreparedModel asked = commands(slower).prepare(wanted, () -> {});

    assertThat(kept.account()).contains("32-bit floats stay in use");
    assertThat(kept.line().version()).isEqualTo("fp32");
    assertThat(asked.line().version()).isEqualTo("q8");
  }

  @Test
  void aPrecisionIsRefusedForAModelWithoutADecoderToChoose() throws Exception {
    Path published = Path.of("src", "test", "resources", "transducer", "zipformer");
    desk().importFrom(new ImportOrder(published, "zipformer", "Apache-2.0"));

    for (DecoderPrecision precision :
        List.of(DecoderPrecision.FP32, DecoderPrecision.Q8, DecoderPrecision.INT8)) {
      assertThatThrownBy(() -> prepare("zipformer", precision))
          .hasMessage(
              "'zipformer' is used in the precision of its files, and --precision was given");
    }
    assertThat(prepare("zipformer", DecoderPrecision.AUTO).account()).isEmpty();
  }

  private void importFloats(String published, String name) throws Exception {
    Path from = Path.of("src", "test", "resources", "golden", "whisper", published);
    Path to = downloads.resolve(name);
    PathUtils.copyDirectory(from, to);
    try (Stream<Path> graphs = Files.list(to.resolve("onnx"))) {
      for (Path graph : graphs.toList()) {
        if (!FLOATS.contains(String.valueOf(graph.getFileName()))) {
          Files.delete(graph);
        }
      }
    }
    Path decoder = to.resolve("onnx/decoder_model_merged.onnx");
    Path stored = Files.move(decoder, downloads.resolve(name + ".onnx"));
    FoldedGraph.write(stored, decoder);
    desk().importFrom(new ImportOrder(to, name, null));
  }

  @Test
  void aModelThatIsNotThereCannotBePrepared() {
    assertThatThrownBy(() -> prepare("whisper-base", DecoderPrecision.AUTO))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("No model 'whisper-base'");
  }

  private PreparedModel prepare(String name, DecoderPrecision precision) throws Exception {
    return desk().prepare(new PreparationOrder(name, precision, false), () -> {});
  }

  private ModelCommands desk() {
    return commands(Ticker.system());
  }

  private ModelCommands commands(Ticker ticker) {
    Map<String, String> environment = Map.of("MAIE_MODELS__PATH", models.toString());
    SettingsSources sources = ScratchSettings.of(downloads, environment);
    Settings settings = SettingsReader.read(sources).settings().orElseThrow();
    return new ModelCommands(
        settings, BuildFacts.read(), environment, new PrecisionCommands(settings, SAMPLES, ticker));
  }
}
