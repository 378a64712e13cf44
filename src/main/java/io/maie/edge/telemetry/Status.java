package io.maie.edge.telemetry;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Status of the daemon; the content of {@code state/status.json}. Grows by optional keys only. It
 * holds times of changes rather than durations, so that it stays the same while nothing happens.
 *
 * @param running the task that is going on
 * @param blocked the reasons for claiming nothing, a sentence each; empty if claiming goes on
 * @param waiting recordings in the order they will be processed, as far as they are listed
 * @param waitingTotal the number of all of them
 * @param ignored other things in the inbox, with the reason why they stay there, as far as they are
 *     listed
 * @param ignoredTotal the number of all of them
 * @param results the last successes, latest first
 * @param failures the last failures, latest first
 * @param nextDeletions the files that cleanup removes within a day
 */
public record Status(
    LifeState state,
    String version,
    long pid,
    Instant startedAt,
    @Nullable Running running,
    List<String> blocked,
    List<Waiting> waiting,
    int waitingTotal,
    List<Waiting> ignored,
    int ignoredTotal,
    List<Ended> results,
    List<Ended> failures,
    List<Disk> disks,
    List<Model> models,
    List<CheckResult> checks,
    Scan scan,
    NextDeletions nextDeletions,
    Counts counts) {

  public Status {
    requireNonNull(state, "state is null");
    requireNonNull(version, "version is null");
    requireNonNull(startedAt, "startedAt is null");
    blocked = List.copyOf(blocked);
    waiting = List.copyOf(waiting);
    ignored = List.copyOf(ignored);
    // a status of an earlier version lists all that it knows
    ignoredTotal = Math.max(ignoredTotal, ignored.size());
    results = List.copyOf(results);
    failures = List.copyOf(failures);
    disks = List.copyOf(disks);
    models = List.copyOf(models);
    checks = List.copyOf(checks);
    requireNonNull(scan, "scan is null");
    requireNonNull(nextDeletions, "nextDeletions is null");
    requireNonNull(counts, "counts is null");
  }

  /**
   * The task that is going on.
   *
   * @param status the word that consumers of upstream know the stage by
   * @param percent of the whole task, 0 to 100
   * @param etaSeconds the remaining time; null while that cannot be told
   */
  public record Running(
      String taskId,
      String name,
      String status,
      String stage,
      int percent,
      @Nullable Long etaSeconds,
      Instant startedAt,
      @Nullable Double audioSeconds,
      int attempt) {}

  /**
   * A recording that waits, or another thing in the inbox.
   *
   * @param state the reason for the wait, as a word for programs
   * @param reason a sentence for people
   * @param taskId null as long as it is in the inbox
   */
  public record Waiting(
      String name,
      String state,
      String reason,
      long bytes,
      int priority,
      @Nullable String taskId) {}

  /**
   * A task that has ended.
   *
   * @param code of the failure; null if it succeeded
   * @param message of the failure; null if it succeeded
   */
  public record Ended(
      Instant at,
      String taskId,
      String name,
      List<String> documents,
      @Nullable Double audioSeconds,
      @Nullable Double processingSeconds,
      @Nullable String code,
      @Nullable String message) {}

  /** The disk of a folder. */
  public record Disk(
      String folder, long freeBytes, long totalBytes, long requiredFreeBytes, DiskLevel level) {}

  /** An installed model. */
  public record Model(String name, String task, boolean shipped, boolean inUse) {}

  /** Finding of a check. */
  public record CheckResult(
      String name, Check.Level level, String message, @Nullable String hint) {}

  /**
   * Way in which the inbox is looked at.
   *
   * @param watching whether changes are reported by the system, so that scans can be rare
   * @param idleSeconds between two scans while nothing waits
   * @param slowSeconds the duration of the current scan so far, if it is slow; else null
   */
  public record Scan(boolean watching, long idleSeconds, @Nullable Long slowSeconds) {}

  /** Deletions within a day; {@code first} is the first thing to go. */
  public record NextDeletions(
      int count, long bytes, @Nullable String first, @Nullable String refusal) {
    public static final NextDeletions NONE = new NextDeletions(0, 0, null, null);
  }

  /**
   * Since the daemon started.
   *
   * @param failedByCode the number of failed ones, by the code of the failure
   * @param stages of tasks that were published
   */
  public record Counts(
      long published,
      long failed,
      long returned,
      double audioSeconds,
      double processingSeconds,
      Map<String, Long> failedByCode,
      List<StageTime> stages) {
    public Counts {
      // a status of an earlier version tells neither
      failedByCode =
          failedByCode == null
              ? Map.of()
              : Collections.unmodifiableMap(new TreeMap<>(failedByCode));
      stages = stages == null ? List.of() : List.copyOf(stages);
    }
  }

  /** Number of runs of a stage, and their time in all. */
  public record StageTime(String stage, long count, double seconds) {}

  /** Returns whether a person or a monitor need not look. */
  public boolean isHealthy() {
    return state.isAtWork()
        && checks.stream().noneMatch(check -> check.level() == Check.Level.FAILURE);
  }
}
