package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
  void nobodyHoldsALockThatWasNeverTaken() throws IOException {
    assertThat(InstanceLock.isHeld(state)).isFalse();
    assertThat(InstanceLock.holder(state)).isEmpty();
  }
}
