package io.maie.edge.daemon;

import java.time.Duration;

/**
 * Options of looking at the inbox.
 *
 * @param pending while something in it may become ready
 * @param idle while nothing waits and the system reports changes
 * @param unwatched while nothing waits and the system does not
 * @param merge rings within this time after a scan wait for its end
 * @param stall a scan that takes longer counts as stuck
 */
public record ScanOptions(
    Duration pending, Duration idle, Duration unwatched, Duration merge, Duration stall) {

  public static final ScanOptions DEFAULTS =
      new ScanOptions(
          Duration.ofSeconds(2),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofMillis(200),
          Duration.ofMinutes(10));
}
