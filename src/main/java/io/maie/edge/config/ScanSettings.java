package io.maie.edge.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often the inbox is listed.
 *
 * @param watch whether the operating system is asked to report changes
 * @param idle interval while nothing waits and changes are reported
 * @param pending interval while a file settles
 * @param unwatched interval where changes are not reported
 */
public record ScanSettings(boolean watch, Duration idle, Duration pending, Duration unwatched) {

  public ScanSettings {
    requireNonNull(idle, "idle is null");
    requireNonNull(pending, "pending is null");
    requireNonNull(unwatched, "unwatched is null");
  }
}
