package io.maie.edge.daemon;

import io.maie.edge.time.Ticker;
import java.time.Duration;

/** Something that is due at once and then at intervals. Used by one thread. */
final class Interval {
  private final long intervalNanos;
  private final Ticker ticker;
  private long dueNanos;

  Interval(Duration interval, Ticker ticker) {
    this.intervalNanos = interval.toNanos();
    this.ticker = ticker;
    this.dueNanos = ticker.nanos();
  }

  boolean isDue() {
    return ticker.nanos() - dueNanos >= 0;
  }

  /** It has been done: due again after the interval. */
  void restart() {
    dueNanos = ticker.nanos() + intervalNanos;
  }
}
