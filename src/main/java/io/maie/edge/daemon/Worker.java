package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.spool.Candidate;
import io.maie.edge.task.Claims;
import io.maie.edge.task.FailedRecordings;
import io.maie.edge.task.Task;
import io.maie.edge.task.TaskOutcome;
import io.maie.edge.task.TaskOutcome.Deferred;
import io.maie.edge.task.TaskRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Processes one recording at a time; claims the next one only when it is free. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final Claims claims;
  private final TaskRunner runner;
  private final InstantSource clock;
  private final SharedState shared;
  private final RepeatedWarnings warnings = new RepeatedWarnings();

  /** State that the worker shares with the other threads. */
  record SharedState(
      WorkQueue queue,
      ClaimGate gate,
      FaultBackoff faults,
      TaskCounters counters,
      FailedRecordings failed) {}

  Worker(Claims claims, TaskRunner runner, InstantSource clock, SharedState shared) {
    this.claims = requireNonNull(claims, "claims is null");
    this.runner = requireNonNull(runner, "runner is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.shared = requireNonNull(shared, "shared is null");
  }

  /** Processes the next task or recording; false if there is none or the gate is closed. */
  boolean step() {
    if (!shared.gate().isOpen()) {
      return false;
    }
    Optional<Task> task = shared.queue().takeTask(clock.instant());
    if (task.isPresent()) {
      process(task.get());
      return true;
    }
    Optional<Candidate> candidate = shared.queue().takeCandidate();
    candidate.flatMap(this::claim).ifPresent(this::process);
    return candidate.isPresent();
  }

  private Optional<Task> claim(Candidate candidate) {
    try {
      Optional<Task> task = claims.claim(candidate);
      if (task.isPresent()) {
        shared.queue().claimed(candidate);
        forgetFailure(task.get());
      }
      return task;
    } catch (IOException e) {
      StorageFailure failure = StorageFailure.of(e);
      if (failure.isOfInstallation()) {
        shared
            .faults()
            .fault(failure.code(), "A recording cannot be claimed, " + StorageFailure.explain(e));
      }
      if (warnings.isNews(candidate.relative() + " " + failure)) {
        LOG.warn(
            "Claiming '{}' failed, {}; it stays in the inbox: {}",
            FileNames.printable(candidate.relative()),
            failure.sentence(),
            e.toString());
      }
      return Optional.empty();
    }
  }

  /** Somebody may have moved a failed recording back by hand, which leaves its explanations. */
  private void forgetFailure(Task task) {
    try {
      shared.failed().forget(Path.of(task.source().path()));
    } catch (IOException e) {
      LOG.debug("Removing old explanations failed; the task continues: {}", e.toString());
    }
  }

  /** Runs {@code task} and remembers what has become of it. */
  private void process(Task task) {
    TaskOutcome outcome = runner.run(task);
    shared.counters().count(outcome);
    if (outcome instanceof Deferred deferred) {
      shared.queue().hold(deferred.task(), deferred.reason());
      if (deferred.cause() == Deferred.Cause.INSTALLATION) {
        FailureCode code = deferred.code().orElse(FailureCode.FOLDER_UNAVAILABLE);
        LOG.warn("Claiming stops: {}; code={}", deferred.reason(), code);
        shared.faults().fault(code, deferred.reason());
      }
    } else if (outcome instanceof TaskOutcome.Published) {
      shared.faults().success();
    }
  }
}
