package io.maie.edge.modelfile;

import io.maie.edge.audio.Waveform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Silero voice activity model as it is published: one file, no manifest. Its settings hold {@code
 * model} only; the inputs of the graph tell the rest.
 */
final class SileroLayout implements ModelLayout {
  private static final String FILE_NAME = "silero_vad.onnx";

  @Override
  public Optional<ModelTask> task() {
    return Optional.of(ModelTask.VAD);
  }

  @Override
  public Optional<ModelFolder> read(Path folder, ExpectedFiles expected) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelFolder(
            folder,
            new Manifest(
                "Silero VAD",
                "",
                ModelTask.VAD,
                "silero",
                List.of(),
                false,
                expected.license(),
                "",
                Waveform.SAMPLE_RATE,
                expected.describe(List.of(FILE_NAME)),
                ManifestSection.of(file.toString(), "model", FILE_NAME))));
  }
}
