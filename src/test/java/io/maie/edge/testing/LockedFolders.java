package io.maie.edge.testing;

import io.maie.edge.daemon.InstanceLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folders of a home that an instance of the daemon locks. */
public record LockedFolders(Path state, Path work) {

  /** Makes both below {@code home}. */
  public static LockedFolders in(Path home) throws IOException {
    return new LockedFolders(
        Files.createDirectory(home.resolve("state")), Files.createDirectory(home.resolve("work")));
  }

  /** The lock of an instance that nobody keeps from taking it. */
  public InstanceLock lock(long pid) throws IOException {
    return InstanceLock.tryAcquire(state, work, pid).orElseThrow();
  }
}
