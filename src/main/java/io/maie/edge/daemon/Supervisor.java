package io.maie.edge.daemon;

import io.maie.edge.task.RunningTask;
import io.maie.edge.task.TaskRunner;
import io.maie.edge.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches the other threads: stops a task that exceeds its limits, and gives the service manager a
 * sign of life only while there is real progress. Touches no file, so that nothing can hold it up.
 */
final class Supervisor {
  private final TaskRunner runner;
  private final Threads threads;
  private final ServiceNotifier notifier;
  private final @Nullable Interval watchdog;

  /**
   * Watched threads.
   *
   * @param worker outside of attempts, which have limits of their own: while it claims, publishes
   *     and moves recordings
   */
  record Threads(ScanLoop scans, Heartbeat worker, Heartbeat upkeep) {
    boolean areAlive() {
      return scans.isAlive() && worker.isAlive() && upkeep.isAlive();
    }
  }

  Supervisor(
      TaskRunner runner, Threads threads, ServiceNotifier notifier, @Nullable Interval watchdog) {
    this.runner = runner;
    this.threads = threads;
    this.notifier = notifier;
    this.watchdog = watchdog;
  }

  /** A deadline for signs of life: three within the time after which the manager acts. */
  static @Nullable Interval watchdog(@Nullable Duration interval, Ticker ticker) {
    return interval == null ? null : new Interval(interval.dividedBy(3), ticker);
  }

  void tick() {
    Optional<RunningTask> running = runner.running();
    running.ifPresent(
        task -> {
          task.enforceLimits();
          threads.worker().beat();
        });
    boolean makesProgress = threads.areAlive() && running.map(RunningTask::isAlive).orElse(true);
    if (watchdog != null && watchdog.isDue() && makesProgress) {
      notifier.watchdog();
      watchdog.restart();
    }
  }
}
