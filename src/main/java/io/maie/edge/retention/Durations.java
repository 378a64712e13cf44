package io.maie.edge.retention;

import java.time.Duration;

/** Spans of time for people. */
final class Durations {
  private Durations() {}

  /** In the largest unit that divides it: {@code 7 days}, {@code 36 hours}, {@code 90 seconds}. */
  static String text(Duration duration) {
    if (!duration.isZero() && duration.equals(Duration.ofDays(duration.toDays()))) {
      return count(duration.toDays(), "day");
    }
    if (!duration.isZero() && duration.equals(Duration.ofHours(duration.toHours()))) {
      return count(duration.toHours(), "hour");
    }
    return count(duration.toSeconds(), "second");
  }

  private static String count(long n, String unit) {
    return n + " " + unit + (n == 1 ? "" : "s");
  }
}
