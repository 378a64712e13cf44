package io.maie.edge.task;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.pipeline.Pipeline;
import io.maie.edge.pipeline.PipelineResult;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.spool.FileSignature;
import io.maie.edge.spool.SidecarState;
import io.maie.edge.task.Attempt.End;
import io.maie.edge.task.NextStep.GoOn;
import io.maie.edge.task.NextStep.Stop;
import io.maie.edge.task.TaskOutcome.Deferred;
import io.maie.edge.task.TaskOutcome.Deferred.Cause;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a claimed task through the pipeline: to {@link Task.Finished} with its documents written,
 * to {@link Task.Failed}, to {@link Task.Returned}, or to a deferral in between.
 *
 * <p>File contract: an attempt is on disk before the engines start and ended on disk before this
 * returns, so an open attempt found at a start is one that took the process down.
 */
final class TaskAttempts {
  private static final Logger LOG = LoggerFactory.getLogger(TaskAttempts.class);

  /** The least free space on the disk with which any recording can be processed. */
  private static final long LEAST_ROOM_BYTES = 1_000_000;

  /**
   * The pause between two looks at a sidecar that is still being written; the same as between looks
   * at the inbox.
   */
  private static final Duration SIDECAR_PAUSE = Duration.ofSeconds(2);

  private final TaskStore store;
  private final TaskPlaces places;
  private final Pipeline pipeline;
  private final ProcessIdentity process;
  private final FaultPoint faults;
  private final Supplier<TaskSettings> settings;
  private final TaskClock clock;
  private final TaskDocuments documents;
  private final SidecarClaim sidecars;
  private final Duplicates duplicates;

  /** Set by the worker while an attempt goes on; read by everybody. */
  private final AtomicReference<@Nullable RunningTask> running = new AtomicReference<>();

  TaskAttempts(
      TaskStore store,
      TaskPlaces places,
      Pipeline pipeline,
      Installation installation,
      ProcessIdentity process,
      Supplier<TaskSettings> settings,
      TaskClock clock) {
    this.store = store;
    this.places = places;
    this.pipeline = pipeline;
    this.process = process;
    this.faults = store.faults();
    this.settings = settings;
    this.clock = clock;
    this.documents = new TaskDocuments(installation, clock.wall(), store.faults());
    this.sidecars = new SidecarClaim(places.inbox());
    this.duplicates = new Duplicates(places.stored(), installation.engines());
  }

  Optional<RunningTask> running() {
    return Optional.ofNullable(running.get());
  }

  /** Fails a task that is not being tried, on request. */
  Task cancel(Task.Claimed task, String sentence) throws IOException {
    TaskFailure failure =
        TaskFailure.of(new ProcessingException(FailureCode.CANCELLED, sentence), "waiting");
    Task cancelled = new Task.Failed(task.facts().withoutPause(), failure);
    store.save(cancelled);
    return cancelled;
  }

  boolean hasNewParameters(Task task) {
    return sidecars.look(task) == SidecarState.COMPLETE;
  }

  void interrupt(Task.Claimed task) throws IOException {
    store.save(interrupted(task));
  }

  /** Tries once; a sidecar that arrives meanwhile leaves the task claimed. */
  NextStep run(Task.Claimed known) throws IOException {
    TaskFolder folder = store.folder(known);
    if (!DurableFiles.exists(folder.input(known))) {
      return vanished(known);
    }
    FileSignature found = FileSignature.of(folder.input(known));
    if (!found.isAsCopyOf(known.source().signature())) {
      return changed(known);
    }
    // a crash in a claim by copy, or disks that are numbered anew: the same content elsewhere
    TaskSource source = known.source().with(found);
    return begin(known.with(known.facts().withSource(source)), folder);
  }

  private NextStep begin(Task.Claimed task, TaskFolder folder) throws IOException {
    TaskSettings current = settings.get();
    Optional<TaskFailure> poison =
        CrashCount.of(task.facts()).failure(folder.input(task), current.limits());
    if (poison.isPresent()) {
      return failed(task, poison.get());
    }
    if (sidecars.look(task) == SidecarState.UNFINISHED) {
      return awaitingSidecar(task);
    }
    if (sidecars.claim(task, folder)) {
      folder.removeCheckpoints();
    }
    RecordingParameters parameters;
    try {
      parameters = TaskParameters.resolve(task, folder, current.defaults());
      requireTemplate(parameters.templateId(), current.defaults().templateId());
    } catch (ProcessingException e) {
      return failed(task, TaskFailure.of(e, "request"));
    } catch (AccessDeniedException e) {
      // somebody took the permission away after the claim
      return failed(task, TaskFailure.of(TaskFailure.ofStorage(e), "request"));
    }
    Disk.delete(folder.stage());
    Disk.delete(folder.step());
    Attempt.Open attempt = Attempt.Open.begin(clock.wall().instant(), process);
    Task.Claimed begun = task.with(task.facts().begun(attempt));
    store.save(begun);
    faults.reached(FaultPoint.Step.ATTEMPT_STARTED);
    return process(new RunningTask(begun, folder, current.limits(), clock.ticker()), parameters);
  }

  /** A default that names no template fails only the recordings that need it. */
  private void requireTemplate(@Nullable String id, @Nullable String byDefault)
      throws ProcessingException, IOException {
    if (id != null && !id.equals(byDefault)) {
      pipeline.requireTemplate(id);
    }
  }

  private NextStep process(RunningTask current, RecordingParameters parameters) throws IOException {
    Task.Claimed task = current.task();
    TaskFolder folder = store.folder(task);
    running.set(current);
    try {
      Path input = folder.input(task);
      String key = duplicates.key(parameters).orElse(null);
      Optional<StoredResult> earlier = duplicates.find(task, input, parameters, key);
      if (earlier.isPresent()) {
        return answered(
            current, new TaskDocuments.Answer(earlier.get(), parameters, safePath(task)));
      }
      PipelineResult result =
          isText(task)
              ? pipeline.read(input, parameters, current)
              : pipeline.run(input, folder.path(), parameters, current);
      faults.reached(FaultPoint.Step.PIPELINE_FINISHED);
      current.enter(Stage.PUBLISH);
      TaskDocuments.Success success =
          new TaskDocuments.Success(result, parameters, current.elapsed(), safePath(task), key);
      return finish(task, () -> documents.of(task, folder).write(success));
    } catch (TaskStoppedException e) {
      return stopped(current, e);
    } catch (ProcessingException e) {
      return broken(current, e);
    } catch (IOException e) {
      return broken(current, TaskFailure.ofStorage(e));
    } catch (RuntimeException e) {
      // the one place around the engines: a mistake of ours must not stop the daemon
      LOG.warn("Processing failed unexpectedly; the daemon continues", e);
      return broken(
          current,
          new ProcessingException(
              FailureCode.PROCESSING_ERROR, "Processing failed unexpectedly: " + e));
    } finally {
      running.set(null);
    }
  }

  /** In the inbox, texts are companions of recordings and never claimed. */
  private static boolean isText(Task task) {
    return task.source().intake().isApi() && Pipeline.isText(Path.of(task.source().name()));
  }

  private @Nullable String safePath(Task task) {
    return task.source().intake().publishes()
        ? places.outbox().safePath(task.source().relative(), TaskDocuments.JSON_SUFFIX).orElse(null)
        : null;
  }

  /** Answers with the result of an earlier task, without the engines. */
  private NextStep answered(RunningTask current, TaskDocuments.Answer answer)
      throws TaskStoppedException, IOException {
    Task.Claimed task = current.task();
    current.enter(Stage.PUBLISH);
    LOG.info(
        "An earlier result of the same content answers; task={}", answer.earlier().task().id());
    TaskFolder folder = store.folder(task);
    return finish(task, () -> documents.of(task, folder).write(answer));
  }

  /** Writes the documents of a success. */
  @FunctionalInterface
  private interface Documents {
    /** Cost of the results. */
    TaskFigures write() throws IOException;
  }

  private NextStep finish(Task.Claimed task, Documents results) throws IOException {
    TaskFolder folder = store.folder(task);
    if (hasChanged(task, folder)) {
      return changed(task);
    }
    if (sidecars.look(task) == SidecarState.UNFINISHED) {
      Task.Claimed interrupted = interrupted(task);
      store.save(interrupted);
      return awaitingSidecar(interrupted);
    }
    if (sidecars.claim(task, folder)) {
      folder.removeCheckpoints();
      return again(task);
    }
    TaskFigures figures = results.write();
    Task finished =
        new Task.Finished(
            task.facts().ended(clock.wall().instant(), End.SUCCEEDED), figures, List.of());
    store.save(finished);
    faults.reached(FaultPoint.Step.TASK_FINISHED);
    return new GoOn(finished);
  }

  /** With the parameters that have arrived. */
  private NextStep again(Task.Claimed task) throws IOException {
    Task.Claimed interrupted = interrupted(task);
    store.save(interrupted);
    LOG.debug("Begins again with new parameters");
    return new GoOn(interrupted);
  }

  /** Defers the task until its sidecar is complete, without holding up others. */
  private NextStep awaitingSidecar(Task.Claimed task) {
    Task paused = task.with(task.facts().pausedUntil(clock.wall().instant().plus(SIDECAR_PAUSE)));
    return new Stop(new Deferred(paused, Cause.RETRY, null, "its sidecar is still being written"));
  }

  private static boolean hasChanged(Task task, TaskFolder folder) throws IOException {
    try {
      return !FileSignature.of(folder.input(task)).sameContentAs(task.source().signature());
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  private NextStep changed(Task.Claimed task) throws IOException {
    Task returned = new Task.Returned(interrupted(task).facts());
    store.save(returned);
    faults.reached(FaultPoint.Step.CHANGE_RECORDED);
    return new GoOn(returned);
  }

  private Task.Claimed interrupted(Task.Claimed task) {
    return task.with(task.facts().ended(clock.wall().instant(), End.INTERRUPTED));
  }

  private NextStep vanished(Task.Claimed task) throws IOException {
    if (!task.facts().attempts().isEmpty()) {
      LOG.warn("Somebody removed the recording from the work folder; the daemon continues");
    }
    store.remove(task);
    return new Stop(new TaskOutcome.Returned(task, "Its recording is gone"));
  }

  private NextStep stopped(RunningTask current, TaskStoppedException e) throws IOException {
    Task.Claimed task = current.task();
    String message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case RESTART -> again(task);
      case SHUTDOWN -> {
        Task.Claimed interrupted = interrupted(task);
        store.save(interrupted);
        yield new Stop(new Deferred(interrupted, Cause.SHUTDOWN, null, message));
      }
      case CANCELLED ->
          failed(
              interrupted(task),
              TaskFailure.of(
                  new ProcessingException(FailureCode.CANCELLED, message), current.stageLabel()));
      case TIMEOUT ->
          failedInStage(current, new ProcessingException(FailureCode.STAGE_TIMEOUT, message));
    };
  }

  /** A failure while a stop is under way is taken for a part of the stop. */
  private NextStep broken(RunningTask current, ProcessingException e) throws IOException {
    Optional<TaskStoppedException> asked = current.stopAsked();
    return asked.isPresent() ? stopped(current, asked.get()) : failedInStage(current, e);
  }

  /** Decides by the code if the recording is at fault and if another attempt makes sense. */
  private NextStep failedInStage(RunningTask current, ProcessingException e) throws IOException {
    Task.Claimed task = current.task();
    TaskFolder folder = store.folder(task);
    String message = String.valueOf(e.getMessage());
    if (e.code().scope() == FailureCode.Scope.INSTALLATION) {
      Task.Claimed interrupted = interrupted(task);
      if (isOwnNeed(e, folder)) {
        return waitingAlone(interrupted, e);
      }
      store.save(interrupted);
      return new Stop(new Deferred(interrupted, Cause.INSTALLATION, e.code(), message));
    }
    if (hasChanged(task, folder)) {
      return changed(task);
    }
    Instant now = clock.wall().instant();
    boolean isKilled = e.code().retry() == FailureCode.Retry.AFTER_INTERRUPTION;
    TaskFacts ended =
        task.facts()
            .openAttempt()
            .map(open -> open.end(now, open.endWith(e.code())).inStage(current.stageLabel()))
            .map(task.facts()::withLast)
            .orElse(task.facts());
    int failures = isKilled ? ended.killedAttempts() : ended.failedAttempts();
    TaskLimits limits = settings.get().limits();
    int most = isKilled ? limits.powerCuts() : limits.failures();
    boolean mayHelp = isKilled || e.code().retry() == FailureCode.Retry.AFTER_PAUSE;
    if (!mayHelp || failures >= most) {
      return failed(task.with(ended), TaskFailure.of(e, current.stageLabel()));
    }
    Instant notBefore = now.plus(limits.pauseAfter(failures));
    Task paused = task.with(ended.pausedUntil(notBefore));
    store.save(paused);
    LOG.info(
        "Attempt failed; another one follows: {}; code={} attempt={} not_before={}",
        message,
        e.code(),
        failures,
        notBefore);
    return new Stop(new Deferred(paused, Cause.RETRY, e.code(), message));
  }

  /**
   * The disk has room, but not for all that this recording needs: the decoder has said so, or the
   * room is there again now that what the attempt has written is gone.
   */
  private static boolean isOwnNeed(ProcessingException e, TaskFolder folder) throws IOException {
    return e.code() == FailureCode.DISK_FULL
        && (e.details().containsKey("recording_bytes")
            || Files.getFileStore(folder.path()).getUsableSpace() >= LEAST_ROOM_BYTES);
  }

  /** A recording that needs more space must not delay others that fit. */
  private NextStep waitingAlone(Task.Claimed interrupted, ProcessingException e)
      throws IOException {
    TaskFacts facts = interrupted.facts();
    Instant now = clock.wall().instant();
    Duration trouble = Duration.between(facts.receivedAt(), now);
    Instant notBefore = now.plus(settings.get().limits().pauseAfter(trouble));
    Task paused = interrupted.with(facts.pausedUntil(notBefore));
    store.save(paused);
    String message = String.valueOf(e.getMessage());
    LOG.warn("The task waits alone: {}; code={} not_before={}", message, e.code(), notBefore);
    return new Stop(new Deferred(paused, Cause.RETRY, e.code(), message));
  }

  private NextStep failed(Task.Claimed task, TaskFailure failure) throws IOException {
    Task failed = new Task.Failed(task.facts().withoutPause(), failure);
    store.save(failed);
    faults.reached(FaultPoint.Step.FAILURE_RECORDED);
    return new GoOn(failed);
  }
}
