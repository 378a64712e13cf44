package io.maie.edge.http;

import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.CancelRequest;
import io.maie.edge.task.CancelRequest.Asker;
import io.maie.edge.task.StoredResult;
import io.maie.edge.task.StoredResults;
import io.maie.edge.time.Sleeper;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the end of a task on behalf of a client. */
final class TaskWait {
  private static final Logger LOG = LoggerFactory.getLogger(TaskWait.class);
  private static final Duration STEP = Duration.ofMillis(100);

  private final StoredResults stored;
  private final ApiTasks tasks;
  private final Processing processing;
  private final Ticker ticker;
  private final Sleeper sleeper = Sleeper.system();

  TaskWait(ApiParts parts) {
    this.stored = parts.stored();
    this.tasks = parts.tasks();
    this.processing = parts.processing();
    this.ticker = parts.ticker();
  }

  /**
   * The limits within which a client waits.
   *
   * @param limit the longest wait; empty = until the end
   * @param goesOnAlone whether the task continues if the client leaves; else it is cancelled then
   */
  record Patience(Optional<Duration> limit, boolean goesOnAlone) {
    /** Waits until the task ends; the task is cancelled if the client leaves. */
    static final Patience UNTIL_THE_END = new Patience(Optional.empty(), false);
  }

  /** Callback while a client waits. */
  @FunctionalInterface
  interface Meanwhile {
    void look() throws IOException;
  }

  /**
   * Waits until the task has ended.
   *
   * @return empty if the limit was reached first
   * @throws ProblemException 503 if nothing is processed for now
   * @throws EofException if the client has left
   */
  Optional<StoredResult> await(
      Request request, String taskId, Patience patience, Meanwhile meanwhile)
      throws ProblemException, IOException {
    long start = ticker.nanos();
    Presence presence = Presence.LISTENS;
    while (true) {
      Optional<StoredResult> ended = stored.find(taskId);
      if (ended.isPresent()) {
        return ended;
      }
      Optional<Duration> limit = patience.limit();
      if (limit.isPresent() && ticker.nanos() - start > limit.get().toNanos()) {
        return Optional.empty();
      }
      refuseIfItCannotEnd(taskId);
      presence = presence == Presence.GOES_ON ? presence : presence(request);
      if (presence == Presence.LEFT) {
        left(taskId, patience.goesOnAlone());
      }
      try {
        meanwhile.look();
      } catch (EofException e) {
        left(taskId, patience.goesOnAlone());
      }
      pause();
    }
  }

  private void refuseIfItCannotEnd(String taskId) throws ProblemException, IOException {
    List<String> blocked = processing.status().blocked();
    if (!blocked.isEmpty()) {
      throw ProblemException.notReady(
              blocked, "The task continues when this is put right; ask for its status then.")
          .withTask(taskId);
    }
    if (tasks.find(taskId).isEmpty() && stored.find(taskId).isEmpty()) {
      throw ProblemException.of(
              500,
              "PROCESSING_ERROR",
              "The task has vanished",
              "Send the recording again; the log of the device may say more.")
          .withTask(taskId);
    }
  }

  private void left(String taskId, boolean goesOnAlone) throws IOException {
    LOG.info("The client left; task={} cancelled={}", taskId, !goesOnAlone);
    if (!goesOnAlone) {
      processing.cancel(new CancelRequest(taskId, Asker.CLIENT_THAT_LEFT));
    }
    throw new EofException("the client left");
  }

  /** States of a client's connection. */
  private enum Presence {
    LISTENS,
    /** It has sent its next request already, as HTTP/1.1 allows, and listens for certain. */
    GOES_ON,
    LEFT
  }

  /** The body has been read, so that the next thing to read is the end of the connection. */
  private static Presence presence(Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    ByteBuffer next = BufferUtil.allocate(1);
    try {
      int bytes = connection.getEndPoint().fill(next);
      if (bytes > 0) {
        // a request that lacks its first byte must not be answered
        Request.addCompletionListener(request, failure -> connection.close());
        return Presence.GOES_ON;
      }
      return bytes < 0 ? Presence.LEFT : Presence.LISTENS;
    } catch (IOException e) {
      return Presence.LEFT;
    }
  }

  private void pause() throws EofException {
    try {
      sleeper.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EofException("the program is stopping");
    }
  }
}
