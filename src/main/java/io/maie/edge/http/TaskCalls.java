package io.maie.edge.http;

import io.maie.edge.request.OutputFormat;
import io.maie.edge.task.StoredResult;
import io.maie.edge.task.StoredResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;

/** The calls about tasks, whichever way their recordings came. */
final class TaskCalls {
  private static final int PAGE = 50;

  private final TaskView view;
  private final StoredResults stored;
  private final Processing processing;

  TaskCalls(TaskView view, ApiParts parts) {
    this.view = view;
    this.stored = parts.stored();
    this.processing = parts.processing();
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/tasks", this::list),
        Route.of("GET", "/v1/status/{task_id}", this::status),
        Route.of("DELETE", "/v1/tasks/{task_id}", this::cancel),
        Route.of("GET", "/v1/tasks/{task_id}/result", this::acceptedResult),
        Route.of("GET", "/v1/tasks/{task_id}/result.{format}", this::namedResult));
  }

  private void list(Exchange exchange) throws IOException {
    exchange.json(200, view.list(PAGE, exchange.query("before")));
  }

  private void status(Exchange exchange) throws Trouble, IOException {
    String id = exchange.name("task_id");
    exchange.json(200, view.status(id).orElseThrow(() -> unknown(id)));
  }

  private static Trouble unknown(String id) {
    return Trouble.of(
        404,
        "TASK_NOT_FOUND",
        "No task is known by the id '" + id + "'",
        "Results of the API are kept for http.result_keep.");
  }

  private void acceptedResult(Exchange exchange) throws Trouble, IOException {
    result(exchange, wanted(exchange.header(HttpHeader.ACCEPT).toLowerCase(Locale.ROOT)));
  }

  /** The format of which {@code accept} names the type; JSON if it names none. */
  private static OutputFormat wanted(String accept) {
    return Arrays.stream(OutputFormat.values())
        .filter(format -> accept.contains(mediaType(format)))
        .findFirst()
        .orElse(OutputFormat.JSON);
  }

  private void namedResult(Exchange exchange) throws Trouble, IOException {
    String name = exchange.name("format");
    OutputFormat format =
        Arrays.stream(OutputFormat.values())
            .filter(known -> known.label().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    Trouble.of(
                        404, "NOT_FOUND", "There is no format '" + name + "' of results", null));
    result(exchange, format);
  }

  private void result(Exchange exchange, OutputFormat format) throws Trouble, IOException {
    String id = exchange.name("task_id");
    Optional<StoredResult> found = stored.find(id);
    if (found.isEmpty()) {
      if (view.status(id).isEmpty()) {
        throw unknown(id);
      }
      throw Trouble.of(409, "NOT_ENDED", "The task has not ended", "Ask again later.").withTask(id);
    }
    if (!found.get().isSuccess()) {
      throw TaskView.failure(found.get());
    }
    send(found.get(), format, exchange);
  }

  /** Answers with a document of a task that succeeded. */
  static void send(StoredResult result, OutputFormat format, Exchange exchange)
      throws Trouble, IOException {
    Path document =
        result
            .document("result." + format.label())
            .orElseThrow(
                () -> Trouble.of(404, "NOT_FOUND", "The task has no result of that kind", null));
    String type = mediaType(format);
    boolean isJson = format == OutputFormat.JSON;
    exchange.send(200, isJson ? type : type + ";charset=utf-8", Files.readAllBytes(document));
  }

  private static String mediaType(OutputFormat format) {
    return switch (format) {
      case JSON -> Answers.JSON;
      case TXT -> "text/plain";
      case SRT -> "application/x-subrip";
      case VTT -> "text/vtt";
      case RTTM -> "text/x-rttm";
    };
  }

  private void cancel(Exchange exchange) throws Trouble, IOException {
    String id = exchange.name("task_id");
    if (stored.find(id).isPresent()) {
      throw Trouble.of(409, "HAS_ENDED", "The task has ended already", null).withTask(id);
    }
    if (view.status(id).isEmpty()) {
      throw unknown(id);
    }
    processing.cancel(id);
    exchange.json(202, Answers.object().put("task_id", id).put("status", "CANCELLING"));
  }
}
