package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.TaskStoppedException.Reason;
import io.maie.edge.task.OperatorRequest;
import io.maie.edge.task.RunningTask;
import io.maie.edge.task.TaskRecord;
import io.maie.edge.task.TaskRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what operators ask for by commands. */
final class RequestDesk {
  private static final Logger LOG = LoggerFactory.getLogger(RequestDesk.class);

  private final OperatorFiles files;
  private final TaskRunner runner;
  private final WorkQueue queue;
  private boolean cleanupAsked;

  RequestDesk(OperatorFiles files, TaskRunner runner, WorkQueue queue) {
    this.files = requireNonNull(files, "files is null");
    this.runner = requireNonNull(runner, "runner is null");
    this.queue = requireNonNull(queue, "queue is null");
  }

  /** Carries out all requests that have been filed; true if there were any. */
  boolean serve() throws IOException {
    List<OperatorRequest> requests = files.requests().take();
    for (OperatorRequest request : requests) {
      LOG.info(
          "Carries out a request; action={} target={}",
          request.action(),
          request.targetIfAny().orElse("-"));
      serve(request);
    }
    return !requests.isEmpty();
  }

  private void serve(OperatorRequest request) {
    try {
      switch (request.action()) {
        case RETRY -> retry(request.targetIfAny());
        case CANCEL -> cancel(request.targetIfAny());
        case PAUSE -> files.pause().pause();
        case RESUME -> files.pause().resume();
        case CLEANUP -> cleanupAsked = true;
      }
    } catch (IOException e) {
      LOG.warn("The request {} failed: {}", request.action(), e.toString());
    }
  }

  private void retry(Optional<String> target) throws IOException {
    List<Path> wanted =
        target.isPresent() ? files.failed().find(target.get()) : files.failed().list();
    for (Path recording : wanted) {
      files.failed().retry(recording);
    }
    LOG.info("Put failed recordings back into the inbox; count={}", wanted.size());
  }

  private void cancel(Optional<String> target) throws IOException {
    Optional<RunningTask> running =
        runner
            .running()
            .filter(current -> target.isEmpty() || current.task().isCalled(target.get()));
    if (running.isPresent()) {
      running.get().stop(Reason.CANCELLED, "Cancelled by the operator");
      return;
    }
    Optional<TaskRecord> held = target.flatMap(queue::take);
    if (held.isPresent()) {
      queue.hold(runner.cancel(held.get()), "cancelled by the operator");
    } else {
      LOG.warn("No task is there to be cancelled; target={}", target.orElse("the running one"));
    }
  }

  boolean isPaused() {
    return files.pause().isPaused();
  }

  /** Whether a cleanup was asked for since the last call. */
  boolean takeCleanup() {
    boolean asked = cleanupAsked;
    cleanupAsked = false;
    return asked;
  }
}
