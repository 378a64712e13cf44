package io.maie.edge.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/** Runs a task again and again, until the scheduler stops. */
final class Rounds {
  private Rounds() {}

  /** Runs {@code task} after {@code seconds}, and again so long after each run. */
  static void every(long seconds, Scheduler scheduler, Runnable task) {
    var unused =
        scheduler.schedule(
            () -> {
              task.run();
              every(seconds, scheduler, task);
            },
            seconds,
            TimeUnit.SECONDS);
  }
}
