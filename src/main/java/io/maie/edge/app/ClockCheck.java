package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.telemetry.Check;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Checks that the clock can be right: retention counts ages by it, and results carry it. */
final class ClockCheck implements Check {
  private final InstantSource clock;
  private final Instant builtAt;

  /**
   * A check.
   *
   * @param builtAt the build time of this program; no right clock shows less
   */
  ClockCheck(InstantSource clock, Instant builtAt) {
    this.clock = requireNonNull(clock, "clock is null");
    this.builtAt = requireNonNull(builtAt, "builtAt is null");
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public Finding run() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return now.isBefore(builtAt)
        ? Finding.warning(
            "The clock shows " + now + ", before this program was built at " + builtAt,
            "Set it (timedatectl); until then nothing is deleted, and times in results are wrong")
        : Finding.ok("shows " + now);
  }
}
