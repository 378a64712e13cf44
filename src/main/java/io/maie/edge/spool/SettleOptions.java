package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Times for which a file must be left alone before it counts as finished.
 *
 * @param local unchanged for this long on a local file system
 * @param network the same on a network file system, whose attributes may be seconds old
 * @param zeroByteGrace the time that a file may stay empty before it is a failure
 * @param incompleteGrace the time that a file may stay incomplete, or open for writing without a
 *     change
 * @param sidecarGrace the time that a recording waits for a sidecar that its folder requires
 */
public record SettleOptions(
    Duration local,
    Duration network,
    Duration zeroByteGrace,
    Duration incompleteGrace,
    Duration sidecarGrace) {

  /** The defaults of {@code inbox.settle_time} and its siblings. */
  public static final SettleOptions DEFAULTS =
      new SettleOptions(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          Duration.ofDays(1));

  public SettleOptions {
    requirePositive(local, "local");
    requirePositive(network, "network");
    requirePositive(zeroByteGrace, "zeroByteGrace");
    requirePositive(incompleteGrace, "incompleteGrace");
    requirePositive(sidecarGrace, "sidecarGrace");
  }

  /** The same with one settling time for every file system. */
  public SettleOptions withSettleTime(Duration settleTime) {
    return new SettleOptions(settleTime, settleTime, zeroByteGrace, incompleteGrace, sidecarGrace);
  }

  private static void requirePositive(Duration duration, String name) {
    requireNonNull(duration, name);
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("expected " + name + " above 0, found " + duration);
    }
  }
}
