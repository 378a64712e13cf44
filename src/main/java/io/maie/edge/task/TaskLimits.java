package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Limits of the time that a task may take, and of its attempts.
 *
 * @param stall a stage that reports nothing for this long is stopped
 * @param total a task that takes longer in one attempt is stopped
 * @param crashes after this many attempts that took the process down the recording is poison; below
 *     the number of restarts after which systemd gives up
 * @param powerCuts the same for restarts of the whole machine, crashes included, and for attempts
 *     that ended because a program that worked for them was killed
 * @param failures after this many attempts with a failure that might have gone away it is final
 * @param firstPause before the second attempt; doubles with every further one
 */
public record TaskLimits(
    Duration stall,
    Duration total,
    int crashes,
    int powerCuts,
    int failures,
    Duration firstPause,
    Duration longestPause) {

  public static final TaskLimits DEFAULTS =
      new TaskLimits(
          Duration.ofMinutes(10),
          Duration.ofHours(48),
          3,
          10,
          3,
          Duration.ofSeconds(30),
          Duration.ofHours(1));

  public TaskLimits {
    requirePositive(stall, "stall");
    requirePositive(total, "total");
    requirePositive(firstPause, "firstPause");
    requirePositive(longestPause, "longestPause");
    if (crashes < 1 || powerCuts < 1 || failures < 1) {
      throw new IllegalArgumentException(
          "expected limits of 1 or more, found " + crashes + ", " + powerCuts + " and " + failures);
    }
  }

  private static void requirePositive(Duration limit, String name) {
    requireNonNull(limit, name + " is null");
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("expected a positive " + name + ", found " + limit);
    }
  }

  /** The pause while something has kept failing for {@code trouble}: as long again, so doubling. */
  Duration pauseAfter(Duration trouble) {
    Duration pause = trouble.compareTo(firstPause) > 0 ? trouble : firstPause;
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }

  /** The pause after {@code failedAttempts}, 1 or more. */
  Duration pauseAfter(long failedAttempts) {
    Duration pause = firstPause;
    for (long i = 1; i < failedAttempts && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
