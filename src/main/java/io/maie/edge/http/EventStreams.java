package io.maie.edge.http;

import io.maie.edge.time.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells clients what happens to tasks while it happens. One thread looks twice a second as long as
 * somebody listens; no client can keep it waiting.
 */
final class EventStreams implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(500);
  private static final int MOST = 64;

  private final ApiParts parts;
  private final TaskView view;
  private final Sleeper sleeper = Sleeper.system();

  /** The streams that have not ended. */
  private final List<EventStream> streams = new CopyOnWriteArrayList<>();

  /** True if a thread looks after the streams; guarded by this. */
  private boolean isRunning;

  private volatile boolean isClosed;

  EventStreams(ApiParts parts, TaskView view) {
    this.parts = parts;
    this.view = view;
  }

  /**
   * Begins to tell of a task.
   *
   * @param taskId of a task that is known
   * @throws ProblemException 429 if too many clients listen already
   */
  void open(Exchange exchange, String taskId) throws ProblemException {
    if (streams.size() >= MOST) {
      throw ProblemException.of(
          429,
          "TOO_MANY_STREAMS",
          "Too many clients follow tasks already: " + MOST,
          "Try again later; GET /v1/status/{task_id} tells the progress as well.");
    }
    streams.add(new EventStream(exchange, taskId, parts, view));
    synchronized (this) {
      if (!isRunning) {
        isRunning = true;
        Thread thread = new Thread(this::run, "http-events");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private void run() {
    try {
      while (goesOn()) {
        streams.removeIf(EventStream::advance);
        sleeper.sleep(STEP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean goesOn() {
    isRunning = !isClosed && !streams.isEmpty();
    return isRunning;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
