package io.maie.edge.testing;

import io.maie.edge.time.Sleeper;
import io.maie.edge.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Time that moves only when told to: a ticker, a wall clock and a sleeper in one. */
public final class ManualTicker implements Ticker, InstantSource, Sleeper {
  private static final Instant ORIGIN = Instant.parse("2026-01-02T03:04:05Z");

  private final AtomicLong nanos = new AtomicLong();

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant instant() {
    return ORIGIN.plusNanos(nanos.get());
  }

  /** Moves time instead of waiting. */
  @Override
  public void sleep(Duration duration) {
    advance(duration);
  }

  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }
}
