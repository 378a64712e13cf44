package io.maie.edge.time;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Time as somebody sees it who looks often. Two looks that lie further apart than usual show that
 * the machine or the program was suspended between them, and most of that time does not count: who
 * could not work then has not been idle. Thread-safe.
 */
public final class WatchedTime {
  private final Ticker ticker;
  private final long longestNanos;

  /** Guarded by this. */
  private long lookNanos;

  /** Guarded by this. */
  private long watchedNanos;

  /**
   * Nothing has gone by yet.
   *
   * @param longest more than this does not count between two looks; well above their usual distance
   */
  public WatchedTime(Ticker ticker, Duration longest) {
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.longestNanos = longest.toNanos();
    this.lookNanos = ticker.nanos();
  }

  /** Looks. Returns how much time has gone by since this was made, in nanoseconds. */
  public synchronized long look() {
    long now = ticker.nanos();
    watchedNanos += Math.min(now - lookNanos, longestNanos);
    lookNanos = now;
    return watchedNanos;
  }

  /** Nanoseconds as of the last look. */
  public synchronized long nanos() {
    return watchedNanos;
  }
}
