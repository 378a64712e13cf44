package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The pause of the daemon by its operator: the file {@code PAUSE} in the state folder. */
public final class PauseSwitch {
  /** A person may make and remove the file by hand as well. */
  public static final String NAME = "PAUSE";

  private final Path file;

  public PauseSwitch(Path state) {
    this.file = requireNonNull(state, "state is null").resolve(NAME);
  }

  public boolean isPaused() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  public void pause() throws IOException {
    DurableFiles.writeAtomically(file, new byte[0]);
  }

  public void resume() throws IOException {
    Files.deleteIfExists(file);
  }
}
