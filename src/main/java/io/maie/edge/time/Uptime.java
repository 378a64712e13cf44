package io.maie.edge.time;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Time for which the machine has been on; changes of the wall clock do not affect it. */
@FunctionalInterface
public interface Uptime {

  /**
   * One reading.
   *
   * @param bootId the same until the machine restarts
   * @param sinceBoot sleep included
   */
  record Reading(String bootId, Duration sinceBoot) {}

  Reading read() throws IOException;

  /** The uptime of the Linux kernel. */
  static Uptime system() {
    return () -> {
      String bootId = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      String seconds = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
      return new Reading(
          bootId, Duration.ofMillis(new BigDecimal(seconds).movePointRight(3).longValue()));
    };
  }
}
