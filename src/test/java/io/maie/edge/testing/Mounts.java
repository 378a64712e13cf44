package io.maie.edge.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the programs that make, mount and unmount volumes. */
final class Mounts {
  private static final int LIMIT_SECONDS = 60;

  private Mounts() {}

  /** Returns whether a program is there and ends well. */
  static boolean succeeds(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return false;
    }
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == 0;
  }

  /** Unmounts what is mounted at {@code folder}. */
  static void unmount(Path folder) throws IOException {
    try {
      if (!succeeds("umount", folder.toString())) {
        throw new IOException("Unmounting '" + folder + "' failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while unmounting '" + folder + "'", e);
    }
  }
}
