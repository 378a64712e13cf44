package io.maie.edge.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionSourceTest {
  private static final String FOLDER = "session.model_external_initializers_file_folder_path";
  private static final Path MODEL =
      Path.of("src/test/resources/golden/whisper/micro/onnx/encoder_model_quantized.onnx");

  @TempDir private Path folder;

  @Test
  void weightsAreReadWhereALinkLeads() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), MODEL.toAbsolutePath());

    assertThat(openedWith(link, Device.CPU))
        .containsEntry(FOLDER, String.valueOf(MODEL.toRealPath().getParent()));
  }

  @Test
  void aGraphicsProcessorGetsTheFileAsItIs() throws Exception {
    assertThat(openedWith(MODEL, Device.CUDA)).doesNotContainKey(FOLDER);
  }

  @Test
  void weightsInAnotherFileAreFoundAsBefore() throws Exception {
    Path model = folder.resolve("apart.onnx");
    Files.copy(Path.of("src/test/resources/onnx/apart.onnx"), model);
    Files.copy(
        Path.of("src/test/resources/onnx/apart.onnx_data"), folder.resolve("apart.onnx_data"));

    assertThat(openedWith(model, Device.CPU)).doesNotContainKey(FOLDER);
  }

  /** Opens a session, which throws if that fails, and says with what settings. */
  private static Map<String, String> openedWith(Path model, Device device) throws Exception {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
        OrtSession session = SessionSource.open(model, device, ModelUse.RECOGNITION, settings)) {
      assertThat(session.getNumInputs()).isEqualTo(1);
      return Map.copyOf(settings.getConfigEntries());
    }
  }
}
