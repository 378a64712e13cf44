package io.maie.edge.app;

import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.task.HistoryEntry;
import io.maie.edge.task.RunningTask;
import io.maie.edge.task.TaskClock;
import io.maie.edge.time.Sleeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a daemon while it drains its inbox, and reports the progress of recordings to a listener.
 */
final class DrainWatch {
  private static final Logger LOG = LoggerFactory.getLogger(DrainWatch.class);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Read at each look: room for far more tasks than end from one look to the next. */
  private static final int HISTORY_BYTES = 64 * 1024;

  private final DaemonAssembly.Assembled assembled;
  private final Path outbox;
  private final RecordingListener listener;
  private final Instant begin;
  private final Thread thread;

  /** Told so far; touched by the thread, and by the caller after it has ended. */
  private final List<RecordingOutcome> outcomes = new ArrayList<>();

  /** The tasks among them; touched as those. */
  private final Set<String> told = new HashSet<>();

  private String current = "";

  DrainWatch(
      DaemonAssembly.Assembled assembled,
      Path outbox,
      RecordingListener listener,
      TaskClock clock) {
    this.assembled = assembled;
    this.outbox = outbox;
    this.listener = listener;
    this.begin = clock.wall().instant();
    this.thread = new Thread(this::watch, "drain-watch");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Tells what is left to tell; what became of every recording. */
  List<RecordingOutcome> finish() throws InterruptedException, IOException {
    thread.interrupt();
    thread.join();
    tellEnded();
    return List.copyOf(outcomes);
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        tellEnded();
        assembled.runner().running().ifPresent(this::tellRunning);
        Sleeper.system().sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("Reading the history failed; progress is not shown any more", e);
    }
  }

  private void tellRunning(RunningTask task) {
    String name = task.task().source().name();
    if (!task.task().id().equals(current)) {
      current = task.task().id();
      listener.started(name);
    }
    task.stage().ifPresent(stage -> listener.progressed(name, stage, task.fraction()));
  }

  private void tellEnded() throws IOException {
    for (HistoryEntry entry : assembled.history().recent(HISTORY_BYTES)) {
      if (!entry.at().isBefore(begin) && told.add(entry.taskId())) {
        RecordingOutcome outcome = outcome(entry);
        outcomes.add(outcome);
        listener.finished(outcome);
      }
    }
  }

  private RecordingOutcome outcome(HistoryEntry entry) {
    String name = String.valueOf(Path.of(entry.path()).getFileName());
    FailureCode code = entry.code();
    if (code == null) {
      String document = entry.documents().get(entry.documents().size() - 1);
      return new RecordingOutcome.Published(name, outbox.resolve(document));
    }
    return new RecordingOutcome.Failed(name, code, String.valueOf(entry.message()), code.advice());
  }
}
