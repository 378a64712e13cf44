package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.daemon.InstanceLock;
import io.maie.edge.testing.LockedFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockWatchTest {
  private final CountDownLatch lost = new CountDownLatch(1);

  @TempDir private Path home;

  @Test
  void aProgramEndsWhenAnotherOneHasItsFolders() throws Exception {
    LockedFolders folders = LockedFolders.in(home);
    try (InstanceLock first = folders.lock(1)) {
      Files.move(folders.state(), home.resolve("state.away"));
      Files.move(folders.work(), home.resolve("work.away"));
      Files.createDirectory(folders.work());
      try (InstanceLock second = folders.lock(2)) {
        new LockWatch(first, lost::countDown).start();

        assertThat(lost.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.keep()).isTrue();
      }
    }
  }
}
