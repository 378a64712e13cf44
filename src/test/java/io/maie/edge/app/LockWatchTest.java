package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.daemon.InstanceLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockWatchTest {
  private final CountDownLatch lost = new CountDownLatch(1);

  @TempDir private Path home;
  private Path state;
  private Path work;

  @BeforeEach
  void aHome() throws IOException {
    state = Files.createDirectory(home.resolve("state"));
    work = Files.createDirectory(home.resolve("work"));
  }

  @Test
  void aProgramEndsWhenAnotherOneHasItsFolders() throws Exception {
    try (InstanceLock first = InstanceLock.tryAcquire(state, work, 1).orElseThrow()) {
      Files.move(state, home.resolve("state.away"));
      Files.move(work, home.resolve("work.away"));
      Files.createDirectory(work);
      try (InstanceLock second = InstanceLock.tryAcquire(state, work, 2).orElseThrow()) {
        new LockWatch(first, lost::countDown).start();

        assertThat(lost.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.keep()).isTrue();
      }
    }
  }
}
