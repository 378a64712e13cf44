package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.progress.TaskStoppedException.Reason;
import io.maie.edge.spool.FolderReplacedException;
import io.maie.edge.task.TaskAttempts.Attempted;
import io.maie.edge.task.TaskOutcome.Deferred;
import io.maie.edge.task.TaskOutcome.Deferred.Cause;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes tasks as far as they will go now. One thread runs tasks; others may look at the running one
 * and stop it.
 */
public final class TaskRunner {
  /** The key under which logs find the id of the running task. */
  public static final String LOG_CONTEXT = "task";

  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  private final TaskPlaces places;
  private final Supplier<TaskSettings> settings;
  private final TaskClock clock;
  private final TaskAttempts attempts;
  private final TaskConclusion conclusion;

  /**
   * A runner.
   *
   * @param settings asked at the beginning of each attempt
   */
  public TaskRunner(TaskParts parts, Supplier<TaskSettings> settings, TaskClock clock) {
    this.places = parts.places();
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
    TaskDocuments documents = new TaskDocuments(parts.installation(), clock.wall(), parts.faults());
    this.attempts = new TaskAttempts(parts, settings, clock, documents);
    this.conclusion = new TaskConclusion(parts, clock, documents);
  }

  /** Goes on with {@code task} from where it is. Never throws for what may happen to a task. */
  public TaskOutcome run(TaskRecord task) {
    MDC.put(LOG_CONTEXT, task.id());
    try {
      return advance(task);
    } finally {
      MDC.remove(LOG_CONTEXT);
    }
  }

  private TaskOutcome advance(TaskRecord task) {
    TaskRecord reached = task;
    try {
      if (conclusion.hasLostResults(task)) {
        LOG.warn(
            "The results that wait for publication are missing; processes the recording again");
        reached = task.in(TaskState.CLAIMED);
      }
      if (reached.state() == TaskState.CLAIMED) {
        Attempted attempted = attempts.run(reached);
        TaskOutcome outcome = attempted.outcome();
        if (outcome != null) {
          return outcome;
        }
        reached = attempted.task();
      }
      return conclusion.conclude(reached);
    } catch (FolderReplacedException e) {
      LOG.warn("A folder is not the one of before; the task waits: {}", e.toString());
      return new Deferred(
          reached,
          Cause.INSTALLATION,
          FailureCode.FOLDER_UNAVAILABLE,
          String.valueOf(e.getMessage()));
    } catch (IOException e) {
      StorageFailure failure = StorageFailure.of(e);
      LOG.warn(
          "Writing in state {} failed; the task waits: {}: {}",
          reached.state(),
          failure.sentence(),
          e.toString());
      return waiting(reached, failure, "Writing failed, " + StorageFailure.explain(e));
    } catch (RuntimeException e) {
      // the one place around what the engines have no part in: it must not stop the others
      LOG.warn("A task failed unexpectedly; it waits and the daemon continues", e);
      return postponed(reached, FailureCode.PROCESSING_ERROR, "Failed unexpectedly: " + e);
    }
  }

  private Deferred waiting(TaskRecord task, StorageFailure failure, String reason) {
    if (failure.isOfInstallation()) {
      return new Deferred(task, Cause.INSTALLATION, failure.code(), reason);
    }
    return places.areUsable()
        ? postponed(task, failure.code(), reason)
        : new Deferred(task, Cause.INSTALLATION, FailureCode.FOLDER_UNAVAILABLE, reason);
  }

  /** Postpones a task whose fault may be its own, so that the others do not wait. */
  private Deferred postponed(TaskRecord task, FailureCode code, String reason) {
    Instant now = clock.wall().instant();
    Instant since = task.lastAttempt().map(Attempt::endedAt).orElse(task.receivedAt());
    Duration pause = settings.get().limits().pauseAfter(Duration.between(since, now));
    return new Deferred(task.pausedUntil(now.plus(pause)), Cause.RETRY, code, reason);
  }

  /** The attempt that is going on. */
  public Optional<RunningTask> running() {
    return attempts.running();
  }

  /** Begins the running attempt anew if parameters for it have arrived meanwhile. */
  public void restartIfParametersArrived() {
    running()
        .filter(running -> attempts.hasNewParameters(running.task()))
        .ifPresent(running -> running.stop(Reason.RESTART, "Its sidecar arrived"));
  }

  /**
   * Gives up a task that is not running; {@link #run} then takes it to quarantine.
   *
   * @return the task as it is now; unchanged if something has come of it already
   */
  public TaskRecord cancel(TaskRecord task) throws IOException {
    return task.state() == TaskState.CLAIMED ? attempts.cancel(task) : task;
  }

  /**
   * Ends the attempt that is going on as interrupted, on disk only: for a process that must go
   * although the worker does not answer.
   */
  public void abandon() {
    running()
        .ifPresent(
            running -> {
              try {
                attempts.interrupt(running.task());
              } catch (IOException e) {
                LOG.warn("Writing that the attempt was interrupted failed: {}", e.toString());
              }
            });
  }
}
