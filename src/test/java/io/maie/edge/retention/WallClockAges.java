package io.maie.edge.retention;

import java.time.Duration;
import java.time.Instant;

/**
 * Ages by a wall clock that nobody ever set.
 *
 * @param now what that clock shows
 */
public record WallClockAges(Instant now) implements Ages {

  @Override
  public Duration age(Instant time) {
    return Duration.between(time, now);
  }
}
