package io.maie.edge.vad.silero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SileroFolderTest {
  private static final Path SHIPPED = Path.of("models");

  /** Checksum of silero_vad.onnx in the package silero-vad 6.2.3. */
  private static final String PUBLISHED_SHA256 =
      "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3";

  /** Checksum of a file that holds one x. */
  private static final String X_SHA256 =
      "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

  private final OnnxRuntime runtime =
      new OnnxRuntime(new OnnxOptions(Device.CPU, 1, Duration.ZERO), Ticker.system());

  @TempDir Path models;

  @AfterEach
  void closeRuntime() {
    runtime.close();
  }

  @Test
  void theShippedModelIsThePublishedFile() throws Exception {
    ModelIdentity identity = opened(SHIPPED).model();

    assertThat(identity.name()).isEqualTo("silero-vad");
    assertThat(identity.variant()).isEqualTo("6.2.3");
    assertThat(identity.checkpointHash()).isEqualTo("sha256:" + PUBLISHED_SHA256);
  }

  @Test
  void aPublishedFileNeedsNoManifest() throws Exception {
    Path published = SHIPPED.resolve("silero-vad").resolve("silero_vad.onnx");
    Path folder = Files.createDirectory(models.resolve("silero"));
    Files.copy(published, folder.resolve("silero_vad.onnx"));

    ModelIdentity identity = opened(models).model();

    assertThat(identity.name()).isEqualTo("silero");
    assertThat(identity.checkpointHash()).isEqualTo("sha256:" + PUBLISHED_SHA256);
  }

  @Test
  void aManifestThatCannotBeObeyedNamesItsKey() throws Exception {
    assertThat(failureOf("\"interface\": \"v9\"")).hasMessageContaining("interface");
    assertThat(failureOf("\"window_samples\": 0")).hasMessageContaining("window_samples");
    assertThat(failureOf("\"windw_samples\": 512")).hasMessageContaining("windw_samples");
  }

  private ProcessingException failureOf(String setting) throws Exception {
    Path folder = Files.createDirectories(models.resolve("vad"));
    Files.writeString(folder.resolve("model.onnx"), "x");
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"schema_version": 1, "name": "vad", "version": "1", "task": "vad", "family": "silero",
         "languages": [], "license": "", "description": "",
         "sample_rate": 16000,
         "files": {"model.onnx": {"bytes": 1, "sha256": "%s"}},
         "silero": {"model": "model.onnx", %s}}
        """
            .formatted(X_SHA256, setting));

    ProcessingException failure =
        catchThrowableOfType(ProcessingException.class, () -> opened(models));
    assertThat(failure.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR);
    return failure;
  }

  private SileroDetector opened(Path folder) throws Exception {
    return SileroDetector.open(
        new ModelCatalog(folder, new Checksums())
            .choose(ModelWish.ofInstallation(ModelTask.VAD, null, null)),
        runtime);
  }
}
