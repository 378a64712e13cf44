package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstanceLockTest {
  @TempDir private Path state;

  @Test
  void aSecondInstanceIsRefusedAndLearnsWhoHoldsTheLock() throws IOException {
    try (InstanceLock first = InstanceLock.tryAcquire(state, 4711).orElseThrow()) {
      assertThat(first).isNotNull();
      assertThat(InstanceLock.tryAcquire(state, 4712)).isEmpty();
      assertThat(InstanceLock.isHeld(state)).isTrue();
      assertThat(InstanceLock.holder(state)).hasValue(4711);
    }
  }

  @Test
  void theLockIsFreeAgainAfterwards() throws IOException {
    InstanceLock.tryAcquire(state, 1).orElseThrow().close();

    assertThat(InstanceLock.isHeld(state)).isFalse();
    try (InstanceLock next = InstanceLock.tryAcquire(state, 22).orElseThrow()) {
      assertThat(next).isNotNull();
      assertThat(InstanceLock.holder(state)).hasValue(22);
    }
  }

  @Test
  void readersOfTheLockFileLearnWhetherItIsHeld() throws IOException {
    InstanceLock.tryAcquire(state, 1).orElseThrow().close();
    Files.setPosixFilePermissions(
        state.resolve(InstanceLock.NAME), PosixFilePermissions.fromString("r--r--r--"));

    assertThat(InstanceLock.isHeld(state)).isFalse();
  }

  @Test
  void askingForTheHolderDoesNotBlockTaking() throws Exception {
    InstanceLock.tryAcquire(state, 1).orElseThrow().close();
    Process asking = LockProbe.start(state);

    CompletableFuture<Optional<InstanceLock>> taking =
        CompletableFuture.supplyAsync(() -> LockProbe.acquire(state));
    asking.getOutputStream().close();

    try (InstanceLock taken = taking.get(60, TimeUnit.SECONDS).orElseThrow()) {
      assertThat(taken).isNotNull();
    }
  }

  @Test
  void nobodyHoldsALockThatWasNeverTaken() throws IOException {
    assertThat(InstanceLock.isHeld(state)).isFalse();
    assertThat(InstanceLock.holder(state)).isEmpty();
  }
}
