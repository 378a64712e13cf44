package io.maie.edge.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** Another process that asks whether the lock is held, and takes its time. */
final class LockProbe {

  private LockProbe() {}

  /** Asks until its standard input ends. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0], InstanceLock.NAME);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.lock(InstanceLock.ALIVE_AT, 1, true)) {
      System.out.write(lock.isShared() ? 1 : 0);
      System.out.flush();
      System.in.readAllBytes();
    }
  }

  /** Returns while it asks. */
  static Process start(Path state) throws Exception {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xshare:auto",
                    "-cp",
                    locationOf(InstanceLock.class) + ":" + locationOf(LockProbe.class),
                    LockProbe.class.getName(),
                    state.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (child.getInputStream().read() != 1) {
      throw new IllegalStateException("the other process did not get its lock");
    }
    return child;
  }

  static Optional<InstanceLock> acquire(Path state) {
    try {
      return InstanceLock.tryAcquire(state, state.resolveSibling("work"), 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path locationOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
