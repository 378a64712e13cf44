package io.maie.edge.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.maie.edge.retention.Deletion.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetentionPlannerTest {
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final RetentionOptions OPTIONS =
      new RetentionOptions(
          Duration.ofDays(7),
          1000,
          Duration.ofDays(30),
          Duration.ofDays(1),
          Duration.ofDays(7),
          500,
          null,
          Duration.ofHours(1),
          Duration.ofDays(7),
          Duration.ofDays(1));

  @Test
  void processedRecordingsGoWhenTheyAreTooOld() {
    StoredItem old = item(Area.ARCHIVE, "old.wav", 10, Duration.ofDays(8));
    StoredItem young = item(Area.ARCHIVE, "young.wav", 10, Duration.ofDays(6));

    assertThat(plan(old, young).deletions())
        .singleElement()
        .satisfies(
            deletion -> {
              assertThat(deletion.item()).isEqualTo(old);
              assertThat(deletion.reason()).isEqualTo(Reason.AGE);
              assertThat(deletion.explanation()).isEqualTo("older than 7 days");
            });
  }

  @Test
  void aboveTheByteCapTheOldestGoFirstAndNoMoreThanNeeded() {
    StoredItem oldest = item(Area.ARCHIVE, "1.wav", 400, Duration.ofDays(3));
    StoredItem middle = item(Area.ARCHIVE, "2.wav", 400, Duration.ofDays(2));
    StoredItem newest = item(Area.ARCHIVE, "3.wav", 400, Duration.ofDays(1));

    assertThat(plan(newest, oldest, middle).deletions())
        .extracting(Deletion::item, Deletion::reason)
        .containsExactly(tuple(oldest, Reason.BYTES));
  }

  @Test
  void filesDeletedByAgeDoNotCountTowardsTheByteLimit() {
    StoredItem aged = item(Area.ARCHIVE, "1.wav", 900, Duration.ofDays(9));
    StoredItem rest = item(Area.ARCHIVE, "2.wav", 900, Duration.ofDays(1));

    assertThat(plan(aged, rest).deletions()).extracting(Deletion::item).containsExactly(aged);
  }

  @Test
  void failedRecordingsAreKeptLonger() {
    StoredItem young = item(Area.FAILED, "a.wav", 10, Duration.ofDays(29));
    StoredItem old = item(Area.FAILED, "b.wav", 10, Duration.ofDays(31));

    assertThat(plan(young, old).deletions()).extracting(Deletion::item).containsExactly(old);
  }

  @Test
  void resultsAreKeptForEverUnlessTheOperatorOptedIn() {
    StoredItem result = item(Area.RESULTS, "a.wav.json", 10, Duration.ofDays(3650));
    RetentionOptions optedIn =
        new RetentionOptions(
            OPTIONS.archiveAge(),
            OPTIONS.archiveBytes(),
            OPTIONS.failedAge(),
            OPTIONS.leftoverAge(),
            OPTIONS.logAge(),
            OPTIONS.logBytes(),
            Duration.ofDays(90),
            OPTIONS.emergencyArchiveAge(),
            OPTIONS.storedResultAge(),
            OPTIONS.apiResultAge());

    assertThat(plan(result).deletions()).isEmpty();
    assertThat(
            new RetentionPlanner(optedIn, BUILT)
                .plan(List.of(result), new WallClockAges(NOW))
                .deletions())
        .hasSize(1);
  }

  @Test
  void leftoversAndTemporariesGoAfterADay() {
    StoredItem leftover = item(Area.LEFTOVERS, "0199", 10, Duration.ofHours(25));
    StoredItem temporary = item(Area.TEMPORARIES, ".maie-x.tmp", 10, Duration.ofHours(25));
    StoredItem fresh = item(Area.TEMPORARIES, ".maie-y.tmp", 10, Duration.ofHours(23));

    assertThat(plan(leftover, temporary, fresh).deletions())
        .extracting(Deletion::item)
        .containsExactly(leftover, temporary);
  }

  @Test
  void aClockBeforeTheBuildDateStopsAllDeletion() {
    StoredItem old = item(Area.ARCHIVE, "old.wav", 10, Duration.ofDays(8000));

    CleanupPlan plan =
        new RetentionPlanner(OPTIONS, BUILT)
            .plan(List.of(old), new WallClockAges(Instant.parse("2010-01-01T00:00:00Z")));

    assertThat(plan.deletions()).isEmpty();
    assertThat(plan.refusal()).hasValueSatisfying(why -> assertThat(why).contains("clock"));
  }

  @Test
  void aRecordingFromTheFutureIsNeitherOldNorTheOldest() {
    StoredItem future = item(Area.ARCHIVE, "future.wav", 5000, Duration.ofDays(-400));

    assertThat(plan(future).deletions()).isEmpty();
  }

  @Test
  void anEmergencyDeletesYoungerProcessedRecordingsUntilEnoughIsFree() {
    StoredItem first = item(Area.ARCHIVE, "1.wav", 100, Duration.ofHours(30));
    StoredItem second = item(Area.ARCHIVE, "2.wav", 100, Duration.ofHours(20));
    StoredItem third = item(Area.ARCHIVE, "3.wav", 100, Duration.ofHours(10));
    StoredItem failed = item(Area.FAILED, "4.wav", 100, Duration.ofDays(20));
    StoredItem result = item(Area.RESULTS, "5.json", 100, Duration.ofDays(20));

    CleanupPlan plan =
        new RetentionPlanner(OPTIONS, BUILT)
            .emergencyPlan(
                List.of(third, failed, result, second, first), new WallClockAges(NOW), 150);

    assertThat(plan.deletions()).extracting(Deletion::item).containsExactly(first, second);
    assertThat(plan.deletions()).extracting(Deletion::reason).containsOnly(Reason.EMERGENCY);
  }

  @Test
  void anEmergencyLeavesWhatWasProcessedJustNow() {
    StoredItem justNow = item(Area.ARCHIVE, "1.wav", 100, Duration.ofMinutes(59));

    CleanupPlan plan =
        new RetentionPlanner(OPTIONS, BUILT)
            .emergencyPlan(List.of(justNow), new WallClockAges(NOW), 1_000_000);

    assertThat(plan.deletions()).isEmpty();
  }

  private static CleanupPlan plan(StoredItem... items) {
    return new RetentionPlanner(OPTIONS, BUILT).plan(List.of(items), new WallClockAges(NOW));
  }

  private static StoredItem item(Area area, String name, long bytes, Duration age) {
    return new StoredItem(area, Path.of("/r"), Path.of("/r", name), bytes, NOW.minus(age));
  }
}
