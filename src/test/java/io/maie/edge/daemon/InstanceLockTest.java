package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.testing.LockedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstanceLockTest {
  @TempDir private Path home;
  private LockedFolders folders;
  private Path state;
  private Path work;

  @BeforeEach
  void aHome() throws IOException {
    folders = LockedFolders.in(home);
    state = folders.state();
    work = folders.work();
  }

  @Test
  void aSecondInstanceIsRefusedAndLearnsWhoHoldsTheLock() throws IOException {
    try (InstanceLock first = folders.lock(4711)) {
      assertThat(first).isNotNull();
      assertThat(InstanceLock.tryAcquire(state, work, 4712)).isEmpty();
      assertThat(InstanceLock.isHeld(state)).isTrue();
      assertThat(InstanceLock.holder(state)).hasValue(4711);
    }
  }

  @Test
  void theLockIsFreeAgainAfterwards() throws IOException {
    folders.lock(1).close();

    assertThat(InstanceLock.isHeld(state)).isFalse();
    try (InstanceLock next = folders.lock(22)) {
      assertThat(next).isNotNull();
      assertThat(InstanceLock.holder(state)).hasValue(22);
    }
  }

  @Test
  void readersOfTheLockFileLearnWhetherItIsHeld() throws IOException {
    folders.lock(1).close();
    Files.setPosixFilePermissions(
        state.resolve(InstanceLock.NAME), PosixFilePermissions.fromString("r--r--r--"));

    assertThat(InstanceLock.isHeld(state)).isFalse();
  }

  @Test
  void askingForTheHolderDoesNotBlockTaking() throws Exception {
    folders.lock(1).close();
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

  @Test
  void anInstanceOfAnotherHomeWithTheSameWorkFolderIsRefused() throws IOException {
    Path other = home.resolve("other");
    try (InstanceLock first = folders.lock(1)) {
      assertThat(InstanceLock.tryAcquire(other, work, 2)).isEmpty();
      assertThat(other).doesNotExist();
      assertThat(first.keep()).isTrue();
    }
    try (InstanceLock second = InstanceLock.tryAcquire(other, work, 2).orElseThrow()) {
      assertThat(second.keep()).isTrue();
    }
  }

  @Test
  void aStateFolderThatIsRemovedGivesNoOtherInstanceThePlace() throws IOException {
    try (InstanceLock first = folders.lock(1)) {
      Files.move(state, home.resolve("kept"));

      assertThat(first.keep()).isTrue();
      assertThat(state).doesNotExist();
      assertThat(InstanceLock.tryAcquire(state, work, 2)).isEmpty();
    }
  }

  @Test
  void foldersThatAreMadeAnewAreLockedAgain() throws IOException {
    try (InstanceLock first = folders.lock(1)) {
      Files.move(state, home.resolve("kept"));
      Files.createDirectory(state);
      Files.delete(work);
      Files.createDirectory(work);

      assertThat(first.keep()).isTrue();
      assertThat(InstanceLock.isHeld(state)).isTrue();
      assertThat(InstanceLock.holder(state)).hasValue(1);
      assertThat(InstanceLock.tryAcquire(home.resolve("other"), work, 2)).isEmpty();
    }
    assertThat(InstanceLock.isHeld(state)).isFalse();
  }

  @Test
  void aWorkFolderThatAppearsLaterIsLockedThen() throws IOException {
    Files.delete(work);
    try (InstanceLock first = folders.lock(1)) {
      Files.createDirectory(work);

      assertThat(first.keep()).isTrue();
      assertThat(InstanceLock.tryAcquire(home.resolve("other"), work, 2)).isEmpty();
    }
  }

  @Test
  void anInstanceWhoseFoldersAnotherOneHasIsTold() throws IOException {
    Path elsewhere = home.resolve("elsewhere");
    try (InstanceLock first = folders.lock(1)) {
      Files.move(home.resolve("work"), elsewhere);
      Files.createDirectory(work);
      try (InstanceLock second =
          InstanceLock.tryAcquire(home.resolve("other"), work, 2).orElseThrow()) {
        assertThat(first.keep()).isFalse();
        assertThat(second.keep()).isTrue();
      }
    }
  }
}
