package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.durable.Disk;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.PreviewText;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.StageMonitor;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.progress.TaskStoppedException.Reason;
import io.maie.edge.time.Ticker;
import io.maie.edge.time.WatchedTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempt that is going on: where it is, when it last showed a sign of life, and whether it
 * should stop. The worker reports through it; other threads look and may stop it.
 */
public final class RunningTask implements StageMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);

  /** Length of the file that names the stage; more than any label has. */
  private static final int STAGE_BYTES = 32;

  /** The limits are looked at every second; far longer gaps are those of a suspended machine. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(10);

  private final Task.Claimed task;
  private final TaskFolder folder;
  private final TaskLimits limits;
  private final Ticker ticker;
  private final long startNanos;

  /** Time that counts for the limits. */
  private final WatchedTime watched;

  private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();

  /** Replaced as a whole by the worker; read by everybody. */
  private volatile Position position;

  private volatile boolean diarizes;

  /** Recognised text, in order of time; added to by the worker, read by everybody. */
  private final List<PreviewText> previews = new CopyOnWriteArrayList<>();

  private final Progress reports = new Reports();

  private record Stop(Reason reason, String message) {}

  /**
   * Position of the worker.
   *
   * @param signNanos the watched time of its latest sign of life
   */
  private record Position(
      @Nullable Stage stage, double fraction, long signNanos, @Nullable Duration audio) {}

  RunningTask(Task.Claimed task, TaskFolder folder, TaskLimits limits, Ticker ticker) {
    this.task = requireNonNull(task, "task is null");
    this.folder = requireNonNull(folder, "folder is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.startNanos = ticker.nanos();
    this.watched = new WatchedTime(ticker, LONGEST_GAP);
    this.position = new Position(null, 0, watched.nanos(), null);
  }

  @Override
  public StageContext enter(Stage stage) throws TaskStoppedException {
    throwIfStopped();
    position = new Position(stage, 0, watched.nanos(), position.audio());
    writeStage(stage);
    Checkpoint checkpoint = new FileCheckpoint(folder, stage, task.facts().endedAttempts());
    return new StageContext(reports, this::throwIfStopped, checkpoint);
  }

  @Override
  public void audioLength(Duration length) {
    Position p = position;
    position = new Position(p.stage(), p.fraction(), watched.nanos(), length);
  }

  @Override
  public void expects(Stage stage) {
    diarizes |= stage == Stage.DIARIZATION;
  }

  @Override
  public boolean sparesMemory() {
    return task.facts().sparesMemory();
  }

  private final class Reports implements Progress {
    @Override
    public void report(double fraction) {
      Position p = position;
      position = new Position(p.stage(), fraction, watched.nanos(), p.audio());
    }

    @Override
    public void preview(PreviewText text) {
      previews.add(text);
    }
  }

  private void throwIfStopped() throws TaskStoppedException {
    Stop asked = stop.get();
    if (asked != null) {
      throw new TaskStoppedException(asked.reason(), asked.message());
    }
  }

  /** For the explanation of a crash; worth no flush, since a power cut needs none. */
  private void writeStage(Stage stage) {
    try {
      Disk.overwrite(folder.stage(), mark(stage).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.debug("Writing the stage failed; the task continues: {}", e.toString());
    }
  }

  /** Always of one length, so that it covers the earlier mark. */
  private static String mark(Stage stage) {
    return stage.label() + " ".repeat(STAGE_BYTES - stage.label().length());
  }

  /** The stop that somebody has asked for. */
  Optional<TaskStoppedException> stopAsked() {
    return Optional.ofNullable(stop.get())
        .map(asked -> new TaskStoppedException(asked.reason(), asked.message()));
  }

  /** Asks the task to stop; the first reason counts. */
  public void stop(Reason reason, String message) {
    stop.compareAndSet(null, new Stop(reason, message));
  }

  /**
   * Stops the task if it shows no sign of life, or takes too long. Called about once a second. Time
   * for which the machine or the program was suspended does not count.
   */
  public void enforceLimits() {
    Position p = position;
    long now = watched.look();
    if (now - p.signNanos() > limits.stall().toNanos()) {
      stop(
          Reason.TIMEOUT,
          "Stage '"
              + stageLabel()
              + "' showed no progress for "
              + Amounts.duration(limits.stall()));
    } else if (now > limits.total().toNanos()) {
      stop(
          Reason.TIMEOUT,
          "The task took longer than the limit of " + Amounts.duration(limits.total()));
    }
  }

  /**
   * Returns whether the worker showed a sign of life within twice the stall limit, which leaves it
   * time to react to a stop. As of the last look at the limits.
   */
  public boolean isAlive() {
    return watched.nanos() - position.signNanos() <= 2 * limits.stall().toNanos();
  }

  public Task.Claimed task() {
    return task;
  }

  /** The running stage, if any has begun. */
  public Optional<Stage> stage() {
    return Optional.ofNullable(position.stage());
  }

  String stageLabel() {
    Stage stage = position.stage();
    return stage == null ? "start" : stage.label();
  }

  /** Returns whether the task finds out who spoke when, as far as is known. */
  public boolean diarizes() {
    return diarizes;
  }

  /** Share of the running stage that is done, 0 to 1. */
  public double fraction() {
    return position.fraction();
  }

  /** Text recognised so far in this attempt, in order of time; a view that grows. */
  public List<PreviewText> previews() {
    return Collections.unmodifiableList(previews);
  }

  /** The time for which the attempt has been going on. */
  public Duration elapsed() {
    return Duration.ofNanos(ticker.nanos() - startNanos);
  }

  /** The duration of the audio, once it is known. */
  public Optional<Duration> audio() {
    return Optional.ofNullable(position.audio());
  }
}
