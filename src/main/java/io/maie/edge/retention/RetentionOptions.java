package io.maie.edge.retention;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Times for which things are kept. Ages count from the last change of a file, moves included.
 *
 * @param archiveAge processed recordings
 * @param archiveBytes above this sum the oldest processed recordings go first
 * @param failedAge failed recordings and their explanations
 * @param leftoverAge folders of no task, and temporary files
 * @param logAge rotated logs
 * @param logBytes above this sum the oldest rotated logs go first
 * @param resultAge results in the outbox; null = never deleted
 * @param emergencyArchiveAge what counts instead of {@code archiveAge} while disk space is short;
 *     at most {@code archiveAge}
 * @param storedResultAge the store of results, as far as recordings came through the inbox
 * @param apiResultAge the store of results, as far as recordings were sent to the local API
 */
public record RetentionOptions(
    Duration archiveAge,
    long archiveBytes,
    Duration failedAge,
    Duration leftoverAge,
    Duration logAge,
    long logBytes,
    @Nullable Duration resultAge,
    Duration emergencyArchiveAge,
    Duration storedResultAge,
    Duration apiResultAge) {

  public static final RetentionOptions DEFAULTS =
      new RetentionOptions(
          Duration.ofDays(7),
          20_000_000_000L,
          Duration.ofDays(30),
          Duration.ofDays(1),
          Duration.ofDays(7),
          500_000_000L,
          null,
          Duration.ofHours(1),
          Duration.ofDays(7),
          Duration.ofDays(1));

  public RetentionOptions {
    requireNotNegative(archiveAge, "archiveAge");
    requireNotNegative(failedAge, "failedAge");
    requireNotNegative(leftoverAge, "leftoverAge");
    requireNotNegative(logAge, "logAge");
    requireNotNegative(emergencyArchiveAge, "emergencyArchiveAge");
    requireNotNegative(storedResultAge, "storedResultAge");
    requireNotNegative(apiResultAge, "apiResultAge");
    if (resultAge != null) {
      requireNotNegative(resultAge, "resultAge");
    }
    if (archiveBytes < 0 || logBytes < 0) {
      throw new IllegalArgumentException(
          "expected byte limits of 0 or more, found " + archiveBytes + " and " + logBytes);
    }
    if (emergencyArchiveAge.compareTo(archiveAge) > 0) {
      throw new IllegalArgumentException(
          "expected an emergencyArchiveAge of at most archiveAge "
              + archiveAge
              + ", found "
              + emergencyArchiveAge);
    }
  }

  private static void requireNotNegative(Duration age, String name) {
    if (requireNonNull(age, name + " is null").isNegative()) {
      throw new IllegalArgumentException("expected a " + name + " of 0 or more, found " + age);
    }
  }
}
