package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.pipeline.Pipeline;
import io.maie.edge.progress.TaskStoppedException.Reason;
import io.maie.edge.spool.FolderReplacedException;
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

  /** The key under which logs find the id of the request that brought the running task. */
  public static final String REQUEST_LOG_CONTEXT = "request";

  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  private final TaskPlaces places;
  private final Supplier<TaskSettings> settings;
  private final TaskClock clock;
  private final TaskAttempts attempts;
  private final TaskConclusion conclusion;
  private final Steps steps = new Steps();

  /**
   * A runner.
   *
   * @param settings asked at the beginning of each attempt
   */
  public TaskRunner(
      TaskStore store,
      TaskPlaces places,
      Pipeline pipeline,
      Installation installation,
      ProcessIdentity process,
      Supplier<TaskSettings> settings,
      TaskClock clock) {
    this.places = requireNonNull(places, "places is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.attempts =
        new TaskAttempts(store, places, pipeline, installation, process, settings, clock);
    this.conclusion =
        new TaskConclusion(
            store, places, new TaskDocuments(installation, clock.wall(), store.faults()), clock);
  }

  /** Continues {@code task} from its state. Never throws for a failure of the task. */
  public TaskOutcome run(Task task) {
    MDC.put(LOG_CONTEXT, task.id());
    if (task.source().request() != null) {
      MDC.put(REQUEST_LOG_CONTEXT, task.source().request());
    }
    try {
      return advance(task);
    } finally {
      MDC.remove(LOG_CONTEXT);
      MDC.remove(REQUEST_LOG_CONTEXT);
    }
  }

  private TaskOutcome advance(Task task) {
    NextStep next;
    try {
      next = task.match(steps);
    } catch (FolderReplacedException e) {
      LOG.warn("A folder is not the earlier one; the task waits: {}", e.toString());
      return new Deferred(
          task, Cause.INSTALLATION, FailureCode.FOLDER_UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.warn(
          "Writing in state {} failed; the task waits: {}: {}",
          TaskFile.State.of(task),
          StorageFailure.of(e).sentence(),
          e.toString());
      return waiting(task, e);
    } catch (RuntimeException e) {
      // the one place around the work without engines: a mistake of ours must not stop other tasks
      LOG.warn("A task failed unexpectedly; it waits and the daemon continues", e);
      return postponed(task, FailureCode.PROCESSING_ERROR, "Failed unexpectedly: " + e);
    }
    return next.then(this::advance);
  }

  /** The step that a task takes from each state. */
  private final class Steps implements Task.Cases<NextStep, IOException> {
    @Override
    public NextStep claimed(Task.Claimed task) throws IOException {
      return attempts.run(task);
    }

    @Override
    public NextStep finished(Task.Finished task) throws IOException {
      if (conclusion.hasLostResults(task)) {
        LOG.warn(
            "The results that wait for publication are missing; processes the recording again");
        return new NextStep.GoOn(new Task.Claimed(task.facts()));
      }
      return new NextStep.Stop(conclusion.publish(task));
    }

    @Override
    public NextStep failed(Task.Failed task) throws IOException {
      return new NextStep.Stop(conclusion.quarantine(task));
    }

    @Override
    public NextStep returned(Task.Returned task) throws IOException {
      return new NextStep.Stop(conclusion.giveBack(task));
    }
  }

  private Deferred waiting(Task task, IOException e) {
    StorageFailure failure = StorageFailure.of(e);
    String reason = "Writing failed, " + StorageFailure.explain(e);
    if (failure.isOfInstallation()) {
      return new Deferred(task, Cause.INSTALLATION, failure.code(), reason);
    }
    return places.areUsable()
        ? postponed(task, failure.code(), reason)
        : new Deferred(task, Cause.INSTALLATION, FailureCode.FOLDER_UNAVAILABLE, reason);
  }

  /** Postpones a task whose fault may be its own, so that the others do not wait. */
  private Deferred postponed(Task task, FailureCode code, String reason) {
    Instant now = clock.wall().instant();
    TaskFacts facts = task.facts();
    Instant since = facts.lastEnd().orElse(facts.receivedAt());
    Duration pause = settings.get().limits().pauseAfter(Duration.between(since, now));
    Task paused = task.with(facts.pausedUntil(now.plus(pause)));
    return new Deferred(paused, Cause.RETRY, code, reason);
  }

  /** The attempt that is going on. */
  public Optional<RunningTask> running() {
    return attempts.running();
  }

  /** Restarts the running attempt if parameters for it have arrived meanwhile. */
  public void restartIfParametersArrived() {
    running()
        .filter(running -> attempts.hasNewParameters(running.task()))
        .ifPresent(running -> running.stop(Reason.RESTART, "Its sidecar arrived"));
  }

  /**
   * Gives up a task that is not running; {@link #run} then takes it to quarantine.
   *
   * @param sentence who asked for it
   * @return the task as it is now; unchanged if something has come of it already
   */
  public Task cancel(Task task, String sentence) throws IOException {
    return task instanceof Task.Claimed claimed ? attempts.cancel(claimed, sentence) : task;
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
