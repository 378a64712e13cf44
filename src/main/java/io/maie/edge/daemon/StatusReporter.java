package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.Stage;
import io.maie.edge.spool.EntryState;
import io.maie.edge.spool.InboxEntry;
import io.maie.edge.spool.InboxView;
import io.maie.edge.task.HistoryEntry;
import io.maie.edge.task.RunningTask;
import io.maie.edge.task.TaskFigures;
import io.maie.edge.task.TaskRunner;
import io.maie.edge.telemetry.LifeState;
import io.maie.edge.telemetry.LocalTimes;
import io.maie.edge.telemetry.Status;
import io.maie.edge.telemetry.Status.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what the daemon tells about itself. */
final class StatusReporter {
  private static final String CLOSED = "complete; waits until recordings are taken again";

  private static final int MOST_LISTED = 100;

  /** Nothing else tells why a file stays; still a bound for who shares a disk of pictures. */
  private static final int MOST_IGNORED = 1_000;

  /** A scan that takes longer than this is worth a word. */
  private static final Duration SLOW_SCAN = Duration.ofSeconds(10);

  /** Things in the inbox that need no explanation. */
  private static final Set<EntryState> UNREMARKABLE = Set.of(EntryState.FOLDER_PROFILE);

  private final Sources sources;
  private final DaemonOptions options;
  private final long pid;
  private final Instant startedAt;

  /** The sources of the facts. */
  record Sources(
      ScanLoop scans,
      WorkQueue queue,
      ClaimGate gate,
      TaskRunner runner,
      TaskCounters counters,
      LateSidecars late,
      Upkeep upkeep,
      UpkeepParts parts) {}

  StatusReporter(Sources sources, DaemonOptions options, long pid, Instant startedAt) {
    this.sources = requireNonNull(sources, "sources is null");
    this.options = requireNonNull(options, "options is null");
    this.pid = pid;
    this.startedAt = requireNonNull(startedAt, "startedAt is null");
  }

  /** The status in a state of life that outweighs all others, such as {@link LifeState#STOPPED}. */
  Status status(@Nullable LifeState lifeState) {
    InboxView view = sources.scans().report().view();
    List<Waiting> waiting = waiting(view);
    Optional<RunningTask> running = sources.runner().running();
    return new Status(
        lifeState == null ? state(running.isPresent()) : lifeState,
        options.version(),
        pid,
        startedAt,
        running.map(this::running).orElse(null),
        sources.gate().reasons(),
        waiting,
        sources.queue().held().size() + (int) stillWaiting(view).count(),
        ignored(view),
        (int) view.entries().stream().filter(StatusReporter::isLeftAlone).count(),
        sources.counters().successes().stream().map(StatusReporter::ended).toList(),
        sources.counters().failures().stream().map(StatusReporter::ended).toList(),
        sources.upkeep().disks().stream()
            .map(
                disk ->
                    new Status.Disk(
                        disk.folder(),
                        rounded(disk.freeBytes()),
                        disk.totalBytes(),
                        disk.requiredFreeBytes(),
                        disk.level()))
            .toList(),
        sources.parts().models().get(),
        sources.upkeep().findings(),
        scan(),
        sources.upkeep().nextDeletions(),
        sources.counters().counts());
  }

  /** Free space moves all the time; the status is rewritten only when it moved by much. */
  private static long rounded(long bytes) {
    long step = 100_000_000;
    return bytes < step ? bytes : bytes / step * step;
  }

  private LifeState state(boolean isRunning) {
    if (sources.gate().isClosedBy(ClaimGate.Blocker.SHUTDOWN)) {
      return LifeState.STOPPING;
    }
    boolean isPaused = sources.gate().isClosedBy(ClaimGate.Blocker.OPERATOR);
    if (!sources.gate().isOpen() && !(isPaused && sources.gate().reasons().size() == 1)) {
      return LifeState.BLOCKED;
    }
    if (isRunning) {
      return LifeState.WORKING;
    }
    return isPaused ? LifeState.PAUSED : LifeState.IDLE;
  }

  private Status.Running running(RunningTask running) {
    Stage stage = running.stage().orElse(Stage.DECODE);
    Double audioSeconds = running.audio().map(audio -> audio.toMillis() / 1e3).orElse(null);
    double share = Estimate.share(stage, running.fraction(), running.diarizes());
    OptionalDouble factor = sources.counters().realTimeFactor();
    return new Status.Running(
        running.task().id(),
        running.task().source().path(),
        stage.status(),
        stage.label(),
        (int) Math.floor(100 * share),
        Estimate.remainingSeconds(share, running.elapsed(), audioSeconds, factor),
        running.task().facts().lastAttempt().map(attempt -> attempt.start().at()).orElse(startedAt),
        audioSeconds,
        running.task().facts().attempts().size());
  }

  /** The next scan may be far away, and what was claimed since the last one waits no more. */
  private Stream<InboxEntry> stillWaiting(InboxView view) {
    return view.entries().stream()
        .filter(entry -> entry.state().isWaiting())
        .filter(entry -> !sources.queue().isClaimed(entry.path()));
  }

  /** The first of them: thousands may wait, and this is asked after each recording. */
  private List<Waiting> waiting(InboxView view) {
    List<Waiting> waiting = new ArrayList<>();
    for (WorkQueue.Held held : sources.queue().held()) {
      Optional<Instant> notBefore = held.task().facts().notBefore();
      String until =
          notBefore.map(time -> "; next attempt at " + LocalTimes.ofDevice(time)).orElse("");
      waiting.add(
          new Waiting(
              held.task().source().path(),
              "DEFERRED",
              held.reason() + until,
              held.task().source().signature().bytes(),
              held.task().priority(),
              held.task().id()));
    }
    stillWaiting(view)
        .limit(MOST_LISTED)
        .map(entry -> waiting(entry, reason(entry)))
        .forEach(waiting::add);
    return waiting.subList(0, Math.min(MOST_LISTED, waiting.size()));
  }

  /** The inbox knows nothing of what closes the gate. */
  private String reason(InboxEntry entry) {
    return entry.state() == EntryState.READY && !sources.gate().isOpen() ? CLOSED : entry.reason();
  }

  private static Waiting waiting(InboxEntry entry, String reason) {
    return new Waiting(
        entry.name(), entry.state().name(), reason, entry.bytes(), entry.priority(), null);
  }

  private List<Waiting> ignored(InboxView view) {
    return view.entries().stream()
        .filter(StatusReporter::isLeftAlone)
        .limit(MOST_IGNORED)
        .map(entry -> waiting(entry, sources.late().reason(view, entry)))
        .toList();
  }

  private static boolean isLeftAlone(InboxEntry entry) {
    return !entry.state().isWaiting() && !UNREMARKABLE.contains(entry.state());
  }

  private static Status.Ended ended(HistoryEntry entry) {
    TaskFigures cost = entry.figures();
    return new Status.Ended(
        entry.at(),
        entry.taskId(),
        entry.path(),
        entry.documents(),
        cost == null ? null : cost.audioSeconds(),
        cost == null ? null : cost.processingSeconds(),
        entry.code() == null ? null : entry.code().name(),
        entry.message());
  }

  private Status.Scan scan() {
    Duration busy = sources.scans().busyFor();
    Long slow = busy.compareTo(SLOW_SCAN) > 0 ? busy.toSeconds() : null;
    return new Status.Scan(
        sources.scans().isWatching(), sources.scans().idlePause().toSeconds(), slow);
  }
}
