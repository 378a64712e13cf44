package io.maie.edge.daemon;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread. A ring while nobody waits is kept; several count as one. */
final class WakeUp {
  private final Semaphore rings = new Semaphore(0);

  void ring() {
    rings.release();
  }

  /**
   * Waits for a ring, at most for {@code limit}, and takes all there are.
   *
   * @return whether it rang
   */
  boolean await(Duration limit) throws InterruptedException {
    boolean heard = rings.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
    rings.drainPermits();
    return heard;
  }
}
