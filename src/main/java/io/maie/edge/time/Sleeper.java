package io.maie.edge.time;

import java.time.Duration;

/** Waits; replaced in tests by one that only moves a ticker. */
@FunctionalInterface
public interface Sleeper {

  /** Returns after {@code duration}; zero or less returns at once. */
  void sleep(Duration duration) throws InterruptedException;

  /** Really sleeps. */
  static Sleeper system() {
    return duration -> {
      if (duration.compareTo(Duration.ZERO) > 0) {
        Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
      }
    };
  }
}
