package io.maie.edge.http;

import io.maie.edge.request.OutputFormat;
import io.maie.edge.task.StoredResult;
import io.maie.edge.task.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;

/** The calls that bring a recording. */
final class ProcessCalls {
  /** Preferences of RFC 7240 about the wait. */
  private static final Pattern WAIT = Pattern.compile("(?i)\\bwait=\"?(\\d{1,6})\\b");

  private static final Pattern NO_WAIT = Pattern.compile("(?i)\\brespond-async\\b");

  private final Upload upload;
  private final TaskWait waits;

  ProcessCalls(Upload upload, TaskWait waits) {
    this.upload = upload;
    this.waits = waits;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/process", exchange -> accepted(receive(exchange), exchange)),
        Route.post("/v1/process-sync", this::processSync));
  }

  private Task receive(Exchange exchange) throws ProblemException, IOException {
    return upload.receive(exchange.request(), FormParameters::read);
  }

  /** Answers that {@code task} waits for its turn. */
  static void accepted(Task task, Exchange exchange) {
    exchange.header(HttpHeader.LOCATION, "/v1/status/" + task.id());
    exchange.json(202, Answers.object().put("task_id", task.id()).put("status", "PENDING"));
  }

  private void processSync(Exchange exchange) throws ProblemException, IOException {
    Optional<Duration> limit = waitLimit(exchange);
    boolean goesOnAlone = goesOnAlone(exchange);
    Task task = receive(exchange);
    Optional<StoredResult> ended =
        waits.await(
            exchange.request(), task.id(), new TaskWait.Patience(limit, goesOnAlone), () -> {});
    if (ended.isEmpty()) {
      accepted(task, exchange);
    } else if (ended.get().isSuccess()) {
      exchange.send(TaskCalls.document(ended.get(), OutputFormat.JSON));
    } else {
      throw TaskView.failure(ended.get());
    }
  }

  private static boolean goesOnAlone(Exchange exchange) throws ProblemException {
    String wish = exchange.query("on_disconnect").orElse("cancel");
    return switch (wish) {
      case "continue" -> true;
      case "cancel" -> false;
      default ->
          throw ProblemException.of(
              400,
              "BAD_ON_DISCONNECT",
              "Expected on_disconnect=cancel or continue, found '" + wish + "'",
              "Leave it away to have the task cancelled when you leave.");
    };
  }

  /** Seconds that the client prefers to wait; none, if it prefers an answer at once. */
  private static Optional<String> preferred(Exchange exchange) {
    String prefer = String.join(",", exchange.request().getHeaders().getValuesList("Prefer"));
    Matcher wait = WAIT.matcher(prefer);
    if (wait.find()) {
      return Optional.of(wait.group(1));
    }
    return NO_WAIT.matcher(prefer).find() ? Optional.of("0") : Optional.empty();
  }

  private static Optional<Duration> waitLimit(Exchange exchange) throws ProblemException {
    Optional<String> seconds = exchange.query("timeout").or(() -> preferred(exchange));
    if (seconds.isPresent() && !seconds.get().matches("\\d{1,6}")) {
      throw ProblemException.of(
          400,
          "BAD_TIMEOUT",
          "Expected seconds, found '" + seconds.get() + "'",
          "Send a whole number, as in timeout=30.");
    }
    return seconds.map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }
}
