package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.progress.PreviewText;
import io.maie.edge.task.RunningTask;
import io.maie.edge.task.StoredResult;
import io.maie.edge.task.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events (HTML Living Standard, section 9.2) about one task for one client. Used by one
 * thread; what was sent is confirmed by another.
 */
final class EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  /** Without a sign for so long the client might take the connection for dead. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  /** Ids of events with text: the attempt, and how many texts the client has of it. */
  private static final Pattern POSITION = Pattern.compile("(\\d{1,9})-(\\d{1,9})");

  /** The id of the last event. */
  private static final String END = "end";

  private static final String LAST_EVENT_ID = "Last-Event-ID";

  /** Texts in one turn at most, so that what is written at once stays small. */
  private static final int MOST_TEXTS = 200;

  private final Exchange exchange;
  private final String taskId;
  private final ApiParts parts;
  private final TaskView view;

  /** The state of the connection to the client. */
  private enum Phase {
    READY,
    WRITING,
    OVER
  }

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.READY);
  private String lastProgress = "";
  private int texts;
  private @Nullable RunningTask followed;
  private long lastNanos;

  EventStream(Exchange exchange, String taskId, ApiParts parts, TaskView view) {
    this.exchange = exchange;
    this.taskId = taskId;
    this.parts = parts;
    this.view = view;
    this.lastNanos = parts.ticker().nanos();
    exchange.response().setStatus(200);
    exchange.header(HttpHeader.CONTENT_TYPE, "text/event-stream;charset=utf-8");
  }

  /**
   * True if the client of {@code exchange} has been told of the end: it connects again because
   * browsers do so whenever a stream ends.
   */
  static boolean isToldOfTheEnd(Exchange exchange) {
    return END.equals(exchange.request().getHeaders().get(LAST_EVENT_ID));
  }

  /**
   * Sends what is new, unless the client has not taken what was sent before; true if it is over.
   */
  boolean advance() {
    if (phase.get() == Phase.READY) {
      try {
        send();
      } catch (IOException e) {
        LOG.debug("Following a task ended: {}", e.toString());
        phase.set(Phase.OVER);
        exchange.callback().failed(e);
      }
    }
    return phase.get() == Phase.OVER;
  }

  private void send() throws IOException {
    StringBuilder events = new StringBuilder();
    addTexts(events);
    Optional<StoredResult> ended = parts.stored().find(taskId);
    Optional<Task> task = ended.isEmpty() ? parts.tasks().find(taskId) : Optional.empty();
    boolean isOver = ended.isPresent() || isGone(task);
    if (isOver) {
      events.append("id: ").append(END).append('\n');
      events.append(event("end", end(ended)));
    } else if (task.isPresent()) {
      addProgress(events, task.get());
    }
    if (events.isEmpty() && parts.ticker().nanos() - lastNanos > QUIET.toNanos()) {
      events.append(": still here\n\n");
    }
    if (!events.isEmpty()) {
      write(events.toString(), isOver);
    }
  }

  /** A task that ends is stored first and leaves the work folder then. */
  private boolean isGone(Optional<Task> task) throws IOException {
    return task.isEmpty() && parts.stored().find(taskId).isEmpty();
  }

  private void addTexts(StringBuilder events) {
    RunningTask running =
        parts.processing().running().filter(task -> task.task().id().equals(taskId)).orElse(null);
    if (running != followed) {
      // another attempt hears everything again
      followed = running;
      texts = running == null ? 0 : textsTheClientHas(running);
    }
    if (running == null) {
      return;
    }
    List<PreviewText> heard = running.previews();
    int end = Math.min(heard.size(), texts + MOST_TEXTS);
    for (PreviewText text : heard.subList(Math.min(texts, end), end)) {
      texts++;
      events.append("id: ").append(attempt(running)).append('-').append(texts).append('\n');
      events.append(
          event(
              "text",
              Answers.object()
                  .put("start", seconds(text.startSeconds()))
                  .put("end", seconds(text.endSeconds()))
                  .put("text", text.text())));
    }
  }

  private int textsTheClientHas(RunningTask running) {
    String last = exchange.request().getHeaders().get(LAST_EVENT_ID);
    Matcher position = POSITION.matcher(last == null ? "" : last);
    return position.matches() && Integer.parseInt(position.group(1)) == attempt(running)
        ? Integer.parseInt(position.group(2))
        : 0;
  }

  private static int attempt(RunningTask running) {
    return running.task().facts().attempts().size();
  }

  private static double seconds(double exact) {
    return Math.round(exact * 1000) / 1000.0;
  }

  private void addProgress(StringBuilder events, Task task) {
    ObjectNode progress = view.progress(task);
    if (!progress.toString().equals(lastProgress)) {
      lastProgress = progress.toString();
      events.append(event("progress", progress));
    }
  }

  private ObjectNode end(Optional<StoredResult> ended) {
    ObjectNode node = Answers.object().put("task_id", taskId);
    if (ended.isEmpty()) {
      return node.put("status", "GONE");
    }
    node.put("status", TaskView.status(ended.get()));
    ended.get().failure().ifPresent(failure -> node.put("code", failure.code().name()));
    return node;
  }

  private static String event(String name, ObjectNode data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  private void write(String events, boolean isLast) {
    lastNanos = parts.ticker().nanos();
    phase.set(Phase.WRITING);
    exchange
        .response()
        .write(
            isLast,
            ByteBuffer.wrap(events.getBytes(UTF_8)),
            Callback.from(() -> written(isLast), this::lost));
  }

  private void written(boolean isLast) {
    phase.set(isLast ? Phase.OVER : Phase.READY);
    if (isLast) {
      exchange.callback().succeeded();
    }
  }

  private void lost(Throwable why) {
    LOG.debug("The client that followed a task left: {}", why.toString());
    phase.set(Phase.OVER);
    exchange.callback().failed(why);
  }
}
