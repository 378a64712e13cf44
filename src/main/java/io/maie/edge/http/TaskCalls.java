package io.maie.edge.http;

import static java.util.stream.Collectors.joining;

import io.maie.edge.request.OutputFormat;
import io.maie.edge.task.CancelRequest;
import io.maie.edge.task.CancelRequest.Asker;
import io.maie.edge.task.StoredResult;
import io.maie.edge.task.StoredResults;
import io.maie.edge.task.Task;
import io.maie.edge.task.TaskIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.QuotedQualityCSV;

/** The calls about tasks, whichever way their recordings came. */
final class TaskCalls {
  private static final int PAGE = 50;
  private static final int LONGEST_PAGE = 200;

  private final ApiParts parts;
  private final StoredResults stored;
  private final Processing processing;
  private final Admission admission;
  private final TaskView view;
  private final EventStreams streams;

  TaskCalls(ApiParts parts, Admission admission, TaskView view, EventStreams streams) {
    this.parts = parts;
    this.stored = parts.stored();
    this.processing = parts.processing();
    this.admission = admission;
    this.view = view;
    this.streams = streams;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/tasks", this::list),
        Route.get("/v1/status/{task_id}", this::status),
        Route.delete("/v1/tasks/{task_id}", this::cancel),
        Route.get("/v1/tasks/{task_id}/events", this::events),
        Route.post("/v1/tasks/{task_id}/retry", this::retry),
        Route.get("/v1/tasks/{task_id}/result", this::acceptedResult),
        Route.get("/v1/tasks/{task_id}/result.{format}", this::namedResult));
  }

  private void list(Exchange exchange) throws ProblemException, IOException {
    exchange.json(200, view.list(limit(exchange), before(exchange)));
  }

  private static Optional<String> before(Exchange exchange) throws ProblemException {
    Optional<String> before = exchange.query("before");
    if (before.isPresent() && !TaskIds.isId(before.get())) {
      throw ProblemException.of(
          400,
          "BAD_PAGE",
          "Expected before to be the id of a task, found '" + before.get() + "'",
          "Take next_before of the page before.");
    }
    return before;
  }

  private static int limit(Exchange exchange) throws ProblemException {
    String limit = exchange.query("limit").orElse(Integer.toString(PAGE));
    int most = limit.matches("\\d{1,3}") ? Integer.parseInt(limit) : 0;
    if (most < 1 || most > LONGEST_PAGE) {
      throw ProblemException.of(
          400,
          "BAD_LIMIT",
          "Expected limit to be 1 to " + LONGEST_PAGE + ", found '" + limit + "'",
          "Leave it away for " + PAGE + "; next_before leads to the next page.");
    }
    return most;
  }

  private void status(Exchange exchange) throws ProblemException, IOException {
    String id = exchange.name("task_id");
    exchange.json(200, view.status(id).orElseThrow(() -> ProblemException.unknownTask(id)));
  }

  private void events(Exchange exchange) throws ProblemException, IOException {
    Task task = parts.task(exchange.name("task_id"));
    if (EventStream.isToldOfTheEnd(exchange) && stored.find(task.id()).isPresent()) {
      exchange.response().setStatus(204);
      exchange.callback().succeeded();
      return;
    }
    streams.open(exchange, task.id());
  }

  /** Takes the recording of a task that failed out of quarantine, for a new task. */
  private void retry(Exchange exchange) throws ProblemException, IOException {
    String id = exchange.name("task_id");
    Optional<StoredResult> failed = stored.find(id);
    if (failed.isEmpty() || failed.get().isSuccess()) {
      Task known = parts.task(id);
      throw ProblemException.of(
              409, "NOT_FAILED", "The task has not failed", "Send the recording again.")
          .withTask(known.id());
    }
    Task task =
        admission
            .admit(() -> parts.retries().retry(failed.get().task(), RequestLine.current()))
            .orElseThrow(
                () ->
                    ProblemException.of(
                            409,
                            "RECORDING_GONE",
                            "The recording is no longer among those that failed",
                            "It was tried again already, or removed.")
                        .withTask(id));
    processing.accept(task);
    ProcessCalls.accepted(task, exchange);
  }

  private void acceptedResult(Exchange exchange) throws ProblemException, IOException {
    result(exchange, wanted(exchange.header(HttpHeader.ACCEPT).toLowerCase(Locale.ROOT)));
  }

  /**
   * The format that {@code accept} likes best (RFC 9110, 12.5.1); JSON if it names none.
   *
   * @throws ProblemException 406 if it names only others
   */
  private static OutputFormat wanted(String accept) throws ProblemException {
    QuotedQualityCSV types = new QuotedQualityCSV();
    types.addValue(accept.isBlank() ? Answers.JSON : accept);
    return types.getValues().stream()
        .flatMap(TaskCalls::formats)
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.of(
                    406,
                    "NOT_ACCEPTABLE",
                    "There is no result of the types '" + accept + "'",
                    "Accept one of " + mediaTypes() + "."));
  }

  /** The formats of a media type or of a range of them, such as {@code text/*}. */
  private static Stream<OutputFormat> formats(String type) {
    int end = type.indexOf(';');
    String bare = end < 0 ? type : type.substring(0, end).strip();
    if (bare.equals("*/*")) {
      return Stream.of(OutputFormat.JSON);
    }
    boolean isRange = bare.endsWith("/*");
    String start = isRange ? bare.substring(0, bare.length() - 1) : bare;
    return Arrays.stream(OutputFormat.values())
        .filter(
            format ->
                isRange ? mediaType(format).startsWith(start) : mediaType(format).equals(bare));
  }

  private static String mediaTypes() {
    return Arrays.stream(OutputFormat.values()).map(TaskCalls::mediaType).collect(joining(", "));
  }

  private void namedResult(Exchange exchange) throws ProblemException, IOException {
    String name = exchange.name("format");
    OutputFormat format =
        Arrays.stream(OutputFormat.values())
            .filter(known -> known.label().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.of(
                        404,
                        "NOT_FOUND",
                        "There is no format '" + name + "' of results",
                        "GET /openapi.json lists the formats."));
    result(exchange, format);
  }

  private void result(Exchange exchange, OutputFormat format) throws ProblemException, IOException {
    String id = exchange.name("task_id");
    Optional<StoredResult> found = stored.find(id);
    if (found.isEmpty()) {
      if (view.status(id).isEmpty()) {
        throw ProblemException.unknownTask(id);
      }
      throw ProblemException.of(409, "NOT_ENDED", "The task has not ended", "Ask again later.")
          .withTask(id);
    }
    if (!found.get().isSuccess()) {
      throw TaskView.failure(found.get());
    }
    exchange.send(document(found.get(), format));
  }

  /** A document of a task that succeeded. */
  static Answer document(StoredResult result, OutputFormat format)
      throws ProblemException, IOException {
    Path document =
        result
            .document("result." + format.label())
            .orElseThrow(
                () ->
                    ProblemException.of(
                        404,
                        "NOT_FOUND",
                        "The task has no result of that kind",
                        "Ask for result.json, which every result has."));
    String type = mediaType(format);
    boolean isJson = format == OutputFormat.JSON;
    return new Answer(200, isJson ? type : type + ";charset=utf-8", Files.readAllBytes(document));
  }

  private static String mediaType(OutputFormat format) {
    return switch (format) {
      case JSON -> Answers.JSON;
      case TXT -> "text/plain";
      case SRT -> "application/x-subrip";
      case VTT -> "text/vtt";
      case RTTM -> "text/x-rttm";
      case MD -> "text/markdown";
      case HTML -> "text/html";
    };
  }

  private void cancel(Exchange exchange) throws ProblemException, IOException {
    String id = exchange.name("task_id");
    if (stored.find(id).isPresent()) {
      throw ProblemException.of(
              409, "HAS_ENDED", "The task has ended already", "GET /v1/status/{task_id} tells how.")
          .withTask(id);
    }
    if (view.status(id).isEmpty()) {
      throw ProblemException.unknownTask(id);
    }
    processing.cancel(new CancelRequest(id, Asker.CLIENT));
    exchange.json(202, Answers.object().put("task_id", id).put("status", "CANCELLING"));
  }
}
