package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.TaskStoppedException.Reason;
import io.maie.edge.task.CancelRequest;
import io.maie.edge.task.RunningTask;
import io.maie.edge.task.Task;
import io.maie.edge.task.TaskRunner;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what operators ask for by commands, and clients by the API. */
final class CancelRequests {
  private static final Logger LOG = LoggerFactory.getLogger(CancelRequests.class);

  private final OperatorFiles files;
  private final TaskRunner runner;
  private final WorkQueue queue;
  private final RepeatedWarnings warnings = new RepeatedWarnings();

  CancelRequests(OperatorFiles files, TaskRunner runner, WorkQueue queue) {
    this.files = requireNonNull(files, "files is null");
    this.runner = requireNonNull(runner, "runner is null");
    this.queue = requireNonNull(queue, "queue is null");
  }

  /** Carries out all requests that have been filed; true if there were any. */
  boolean serve() {
    List<CancelRequest> requests = files.requests().take(this::complain);
    requests.forEach(this::serve);
    return !requests.isEmpty();
  }

  /** The same entry may lie there for weeks, and is met every second. */
  private void complain(String complaint) {
    if (warnings.isNews(complaint)) {
      LOG.warn("{}", complaint);
    }
  }

  private void serve(CancelRequest request) {
    String target = request.cancel();
    LOG.info("Cancels a task on request; target={} asker={}", target, request.asker());
    try {
      cancel(target, request.asker().sentence());
    } catch (IOException e) {
      LOG.warn("Cancelling '{}' failed: {}", target, e.toString());
    }
  }

  private void cancel(String target, String sentence) throws IOException {
    Optional<RunningTask> running =
        runner.running().filter(current -> current.task().isCalled(target));
    if (running.isPresent()) {
      running.get().stop(Reason.CANCELLED, sentence);
      return;
    }
    Optional<Task> held = queue.take(target);
    if (held.isPresent()) {
      cancelHeld(held.get(), sentence);
    } else {
      LOG.warn("No task is there to be cancelled; target={}", target);
    }
  }

  private void cancelHeld(Task task, String sentence) throws IOException {
    Task kept = task;
    String reason = "could not be cancelled; see the log";
    try {
      kept = runner.cancel(task, sentence);
      reason = "cancelled";
    } finally {
      // without it the task would be forgotten until the next start
      queue.hold(kept, reason);
    }
  }

  boolean isPaused() {
    return files.pause().isPaused();
  }
}
