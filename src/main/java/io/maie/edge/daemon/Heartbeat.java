package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.time.Ticker;
import java.time.Duration;

/**
 * The time at which a thread last showed that it goes on; others ask whether that is too long ago.
 */
final class Heartbeat {
  private final Duration limit;
  private final Ticker ticker;
  private volatile long lastNanos;

  /** Begins with a beat. */
  Heartbeat(Duration limit, Ticker ticker) {
    this.limit = requireNonNull(limit, "limit is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    beat();
  }

  void beat() {
    lastNanos = ticker.nanos();
  }

  boolean isAlive() {
    return ticker.nanos() - lastNanos <= limit.toNanos();
  }
}
