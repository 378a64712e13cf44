package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.time.Ticker;
import java.time.InstantSource;

/** Wall time for documents, monotonic time for limits. */
public record TaskClock(InstantSource wall, Ticker ticker) {

  public TaskClock {
    requireNonNull(wall, "wall is null");
    requireNonNull(ticker, "ticker is null");
  }
}
