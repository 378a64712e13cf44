package io.maie.edge.daemon;

import io.maie.edge.task.HistoryEntry;
import io.maie.edge.task.TaskFigures;
import io.maie.edge.task.TaskOutcome;
import io.maie.edge.telemetry.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Counts of tasks since the start, and the latest ones. Thread-safe. */
final class TaskCounters {
  /** The most successes and failures that the status lists. */
  private static final int MOST_RECENT = 10;

  /** Guarded by this, like all that follows. */
  private final Deque<HistoryEntry> successes = new ArrayDeque<>();

  private final Deque<HistoryEntry> failures = new ArrayDeque<>();
  private long published;
  private long failed;
  private long returned;
  private double audioSeconds;
  private double processingSeconds;
  private final Map<String, Long> failedByCode = new TreeMap<>();
  private final Map<String, Status.StageTime> stages = new LinkedHashMap<>();

  /** Takes over what an earlier run did, without counting it. */
  synchronized void remember(List<HistoryEntry> history) {
    history.forEach(this::keep);
  }

  synchronized void count(TaskOutcome outcome) {
    if (outcome instanceof TaskOutcome.Published done) {
      published++;
      TaskFigures cost = done.entry().cost().orElse(TaskFigures.NONE);
      audioSeconds += cost.audioSeconds();
      processingSeconds += cost.processingSeconds();
      cost.stageSeconds().forEach(this::count);
      keep(done.entry());
    } else if (outcome instanceof TaskOutcome.Quarantined done) {
      failed++;
      failedByCode.merge(String.valueOf(done.entry().code()), 1L, Long::sum);
      keep(done.entry());
    } else if (outcome instanceof TaskOutcome.Returned) {
      returned++;
    }
  }

  private void count(String stage, double seconds) {
    stages.merge(
        stage,
        new Status.StageTime(stage, 1, seconds),
        (known, one) ->
            new Status.StageTime(
                stage, known.count() + one.count(), known.seconds() + one.seconds()));
  }

  private void keep(HistoryEntry entry) {
    Deque<HistoryEntry> recent = entry.isSuccess() ? successes : failures;
    recent.addFirst(entry);
    if (recent.size() > MOST_RECENT) {
      recent.removeLast();
    }
  }

  synchronized Status.Counts counts() {
    return new Status.Counts(
        published,
        failed,
        returned,
        audioSeconds,
        processingSeconds,
        failedByCode,
        List.copyOf(stages.values()));
  }

  /** The latest successes, latest first. */
  synchronized List<HistoryEntry> successes() {
    return List.copyOf(successes);
  }

  /** The latest failures, latest first. */
  synchronized List<HistoryEntry> failures() {
    return List.copyOf(failures);
  }

  /** Real-time factor of the latest successes; empty before the first. */
  synchronized OptionalDouble realTimeFactor() {
    double audio = 0;
    double processing = 0;
    for (HistoryEntry entry : successes) {
      TaskFigures cost = entry.cost().orElse(TaskFigures.NONE);
      audio += cost.audioSeconds();
      processing += cost.processingSeconds();
    }
    return audio == 0 ? OptionalDouble.empty() : OptionalDouble.of(processing / audio);
  }
}
