package io.maie.edge.modelfile;

import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder that describes itself in a manifest. */
final class ManifestLayout implements ModelLayout {

  @Override
  public Optional<ModelFolder> read(Path folder) throws ProcessingException, IOException {
    return Files.exists(folder.resolve(Manifest.FILE_NAME))
        ? Optional.of(new ModelFolder(folder, ManifestReader.read(folder)))
        : Optional.empty();
  }
}
