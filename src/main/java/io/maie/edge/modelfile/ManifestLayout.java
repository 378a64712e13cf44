package io.maie.edge.modelfile;

import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder that describes itself in a manifest. A manifest that an operator wrote by hand need not
 * list the files; then those that are there count, with the checksums they have.
 */
final class ManifestLayout implements ModelLayout {
  @Override
  public Optional<ModelTask> task() {
    return Optional.empty();
  }

  @Override
  public Optional<ModelFolder> read(Path folder, ExpectedFiles expected)
      throws ProcessingException, IOException {
    if (!Files.exists(folder.resolve(Manifest.FILE_NAME))) {
      return Optional.empty();
    }
    Manifest manifest = ManifestReader.read(folder);
    return Optional.of(
        new ModelFolder(
            folder,
            manifest.files().isEmpty()
                ? manifest.withFiles(FilesOnDisk.list(folder, expected))
                : manifest));
  }
}
