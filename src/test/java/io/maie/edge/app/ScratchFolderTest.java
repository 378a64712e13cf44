package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScratchFolderTest {
  @TempDir Path parent;

  @Test
  void onlyTheOwnerReadsItAndNothingIsLeft() throws Exception {
    Path path;
    try (ScratchFolder folder = ScratchFolder.create(parent, ".scratch-")) {
      path = folder.path();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
      Files.createDirectories(path.resolve("a/b"));
      Files.writeString(path.resolve("a/b/samples"), "0");
    }

    assertThat(path).doesNotExist();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void filesWrittenDuringRemovalAreRemovedToo() throws Exception {
    ScratchFolder folder = ScratchFolder.create(parent, ".scratch-");
    CountDownLatch writing = new CountDownLatch(1);
    Thread writer = new Thread(() -> write(folder.path(), writing));
    writer.start();
    writing.await();

    folder.close();
    writer.join();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void aMissingFolderIsNotAFailure() throws Exception {
    ScratchFolder folder = ScratchFolder.create(parent, ".scratch-");
    Files.delete(folder.path());

    folder.close();

    assertThat(parent).isEmptyDirectory();
  }

  /** For a while, or until the folder is gone. */
  private static void write(Path folder, CountDownLatch writing) {
    long end = System.nanoTime() + Duration.ofMillis(200).toNanos();
    try {
      for (int i = 0; System.nanoTime() < end; i++) {
        Files.writeString(folder.resolve("file" + i), "0");
        writing.countDown();
      }
    } catch (IOException e) {
      writing.countDown();
    }
  }
}
