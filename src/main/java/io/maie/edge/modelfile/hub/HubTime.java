package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import io.maie.edge.time.Sleeper;
import java.time.InstantSource;

/** The clock that a pull is dated by, and the sleeper that it waits with. */
public record HubTime(InstantSource clock, Sleeper sleeper) {

  public HubTime {
    requireNonNull(clock, "clock is null");
    requireNonNull(sleeper, "sleeper is null");
  }
}
