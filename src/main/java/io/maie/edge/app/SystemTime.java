package io.maie.edge.app;

import io.maie.edge.task.TaskClock;
import io.maie.edge.time.Ticker;
import java.time.InstantSource;

/** The clocks of this machine. */
final class SystemTime {
  private SystemTime() {}

  static TaskClock clock() {
    return new TaskClock(InstantSource.system(), Ticker.system());
  }
}
