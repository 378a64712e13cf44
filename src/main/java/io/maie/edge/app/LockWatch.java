package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.daemon.InstanceLock;
import io.maie.edge.time.Sleeper;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks all the time whether this process is still the only instance in its folders. */
final class LockWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LockWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final InstanceLock lock;
  private final Runnable whenLost;

  /**
   * A watch that has not begun.
   *
   * @param whenLost called once, when another instance has the folders
   */
  LockWatch(InstanceLock lock, Runnable whenLost) {
    this.lock = requireNonNull(lock, "lock is null");
    this.whenLost = requireNonNull(whenLost, "whenLost is null");
  }

  /** Begins; ends with the process, or when the lock is closed or lost. */
  void start() {
    Thread thread = new Thread(this::watch, "lock");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (isKept()) {
        Sleeper.system().sleep(PAUSE);
      }
      LOG.error("Another instance works in the folders of this one, which ends");
      whenLost.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isKept() {
    try {
      return lock.keep();
    } catch (IOException e) {
      LOG.debug("Looking after the lock failed; tries again: {}", e.toString());
      return true;
    }
  }
}
