package io.maie.edge.app;

import io.maie.edge.time.Sleeper;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import org.apache.commons.io.file.PathUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that is removed when it is closed, or when the process is asked to end, at any moment:
 * its content is as large as the recordings.
 */
final class ScratchFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchFolder.class);

  /** A process that is about to end still writes. */
  private static final int TRIES = 20;

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Path path;
  private final Thread hook = new Thread(this::remove, "shutdown");

  /** Guarded by this. */
  private boolean removed;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes a folder that only its owner can read.
   *
   * @param prefix the beginning of its name
   */
  static ScratchFolder create(Path parent, String prefix) throws IOException {
    ScratchFolder folder = new ScratchFolder(parent.resolve(prefix + UUID.randomUUID()));
    // registered first: a signal in between would leave the folder
    Runtime.getRuntime().addShutdownHook(folder.hook);
    folder.make();
    return folder;
  }

  private synchronized void make() throws IOException {
    if (removed) {
      throw new IOException(
          "expected a process that keeps running, found one that is about to end");
    }
    Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    DaemonProcess.forget(hook);
    remove();
  }

  private synchronized void remove() {
    removed = true;
    try {
      for (int tries = 1; !isDeleted(); tries++) {
        if (tries == TRIES) {
          throw new IOException("expected a folder to remove, found one that is written to");
        }
        Sleeper.system().sleep(PAUSE);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("'{}' is gone already", path);
    } catch (IOException e) {
      LOG.warn("Removing '{}' failed: {}", path, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A folder that somebody fills while it is removed stays, with or without an exception. */
  private boolean isDeleted() throws IOException {
    try {
      PathUtils.deleteDirectory(path);
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("Somebody writes in '{}'", path);
    }
    return Files.notExists(path);
  }
}
