package io.maie.edge.task;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps what a stage remembers as files of its task. */
record FileCheckpoint(Path folder, Stage stage) implements Checkpoint {

  @Override
  public Optional<byte[]> load(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void save(String name, byte[] value) throws IOException {
    DurableFiles.createDirectories(folder);
    DurableFiles.writeAtomically(file(name), value);
  }

  private Path file(String name) {
    if (!name.matches("[A-Za-z0-9-]{1,100}")) {
      throw new IllegalArgumentException(
          "expected a name of letters, digits and hyphens, found '" + name + "'");
    }
    return folder.resolve(stage.label() + "." + name);
  }
}
