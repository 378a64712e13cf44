package io.maie.edge.http;

import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.StoredResult;
import io.maie.edge.task.StoredResults;
import io.maie.edge.task.TaskRecord;
import io.maie.edge.telemetry.Status;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests that {@link Guard} has let in. */
final class ApiHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
  private static final Pattern OF_TASK =
      Pattern.compile("/v1/(status|tasks)/([0-9a-f-]{36})(/result)?(\\.(json|txt|srt|vtt))?");
  private static final Pattern WAIT = Pattern.compile("wait=(\\d{1,6})");
  private static final Map<String, String> TYPES =
      Map.of(
          "json", "application/json",
          "txt", "text/plain;charset=utf-8",
          "srt", "application/x-subrip;charset=utf-8",
          "vtt", "text/vtt;charset=utf-8");
  private static final int PAGE = 50;

  private final Guard guard;
  private final Upload upload;
  private final TaskView view;
  private final StoredResults stored;
  private final Processing processing;
  private final TaskWait waits;

  ApiHandler(Guard guard, Upload upload, TaskView view, Parts parts) {
    this.guard = guard;
    this.upload = upload;
    this.view = view;
    this.stored = parts.stored();
    this.processing = parts.processing();
    this.waits = new TaskWait(parts);
  }

  /** What the API works with. */
  record Parts(StoredResults stored, ApiTasks tasks, Processing processing, Ticker ticker) {}

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try (RequestLine line = RequestLine.open(request, response)) {
      LOG.debug("Request {} {}", request.getMethod(), line.id());
      guard.check(request);
      answer(request, response, callback);
    } catch (Trouble e) {
      Answers.send(response, e, callback);
    } catch (IOException e) {
      LOG.warn("A request failed: {}", e.toString());
      callback.failed(e);
    }
    return true;
  }

  private void answer(Request request, Response response, Callback callback)
      throws Trouble, IOException {
    String path = request.getHttpURI().getDecodedPath();
    String call = request.getMethod() + " " + path;
    switch (call) {
      case "GET /health" -> health(request, response, callback);
      case "GET /ready" -> ready(response, callback);
      case "GET /metrics" -> metrics(request, response, callback);
      case "POST /v1/process" -> accepted(upload.receive(request), response, callback);
      case "POST /v1/process-sync" -> processSync(request, response, callback);
      case "GET /v1/tasks" -> list(request, response, callback);
      default -> ofTask(request, path, response, callback);
    }
  }

  private void ofTask(Request request, String path, Response response, Callback callback)
      throws Trouble, IOException {
    Matcher matcher = OF_TASK.matcher(path);
    if (!matcher.matches()) {
      throw Trouble.of(404, "NOT_FOUND", "There is nothing at this address", null);
    }
    String id = matcher.group(2);
    boolean isResult = matcher.group(1).equals("tasks") && matcher.group(3) != null;
    switch (request.getMethod()) {
      case "GET" -> {
        if (isResult) {
          result(id, formatOf(request, matcher.group(5)), response, callback);
        } else {
          json(response, 200, view.status(id).orElseThrow(() -> unknown(id)), callback);
        }
      }
      case "DELETE" -> cancel(id, response, callback);
      default ->
          throw Trouble.of(
              405, "METHOD_NOT_ALLOWED", "Expected GET or DELETE at this address", null);
    }
  }

  private static void json(Response response, int status, Object tree, Callback callback) {
    Answers.send(response, status, Answers.JSON, Answers.bytes(tree), callback);
  }

  private static Trouble unknown(String id) {
    return Trouble.of(
        404,
        "TASK_NOT_FOUND",
        "No task is known by the id " + id,
        "Results of the API are kept for http.result_keep.");
  }

  private void health(Request request, Response response, Callback callback) {
    Status status = processing.status();
    var answer = Answers.object().put("status", status.isHealthy() ? "healthy" : "unhealthy");
    if (!status.isHealthy() && guard.mayKnowReasons(request)) {
      var reasons = answer.putArray("reasons");
      status.blocked().forEach(reasons::add);
      status.checks().stream()
          .filter(check -> check.level().equals("FAILURE"))
          .forEach(check -> reasons.add(check.name() + ": " + check.message()));
    }
    json(response, status.isHealthy() ? 200 : 503, answer, callback);
  }

  private void ready(Response response, Callback callback) {
    boolean isReady = processing.status().blocked().isEmpty();
    var answer = Answers.object().put("status", isReady ? "ready" : "not ready");
    json(response, isReady ? 200 : 503, answer, callback);
  }

  private void metrics(Request request, Response response, Callback callback) throws Trouble {
    if (!Guard.isLoopback(request)) {
      throw Trouble.of(403, "FORBIDDEN", "Figures are told to this device only", null);
    }
    byte[] text = MetricsText.of(processing.status()).getBytes(StandardCharsets.UTF_8);
    Answers.send(response, 200, "text/plain;version=0.0.4;charset=utf-8", text, callback);
  }

  private static void accepted(TaskRecord task, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.LOCATION, "/v1/status/" + task.id());
    var answer = Answers.object().put("task_id", task.id()).put("status", "PENDING");
    json(response, 202, answer, callback);
  }

  private void processSync(Request request, Response response, Callback callback)
      throws Trouble, IOException {
    Fields query = Request.extractQueryParameters(request);
    Optional<Duration> limit = waitLimit(request, query);
    boolean goesOnAlone = "continue".equals(query.getValue("on_disconnect"));
    TaskRecord task = upload.receive(request);
    Optional<StoredResult> ended = waits.await(request, task.id(), limit, goesOnAlone);
    if (ended.isEmpty()) {
      accepted(task, response, callback);
    } else if (ended.get().isSuccess()) {
      send(ended.get(), "json", response, callback);
    } else {
      throw TaskView.failure(ended.get());
    }
  }

  private static Optional<Duration> waitLimit(Request request, Fields query) throws Trouble {
    String timeout = query.getValue("timeout");
    Matcher prefer = WAIT.matcher(String.join(",", request.getHeaders().getValuesList("Prefer")));
    String seconds = timeout != null ? timeout : prefer.find() ? prefer.group(1) : null;
    if (seconds == null) {
      return Optional.empty();
    }
    if (!seconds.matches("\\d{1,6}")) {
      throw Trouble.of(400, "BAD_TIMEOUT", "Expected seconds, found '" + seconds + "'", null);
    }
    return Optional.of(Duration.ofSeconds(Long.parseLong(seconds)));
  }

  private static String formatOf(Request request, @Nullable String suffix) {
    if (suffix != null) {
      return suffix;
    }
    String accept =
        String.join(",", request.getHeaders().getValuesList(HttpHeader.ACCEPT))
            .toLowerCase(Locale.ROOT);
    if (accept.contains("text/vtt")) {
      return "vtt";
    }
    if (accept.contains("application/x-subrip")) {
      return "srt";
    }
    return accept.contains("text/plain") ? "txt" : "json";
  }

  private void result(String id, String format, Response response, Callback callback)
      throws Trouble, IOException {
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
    send(found.get(), format, response, callback);
  }

  private static void send(StoredResult result, String format, Response response, Callback callback)
      throws Trouble, IOException {
    Path document =
        result
            .document("result." + format)
            .orElseThrow(
                () -> Trouble.of(404, "NOT_FOUND", "The task has no result of that kind", null));
    String type = TYPES.getOrDefault(format, "application/octet-stream");
    Answers.send(response, 200, type, Files.readAllBytes(document), callback);
  }

  private void cancel(String id, Response response, Callback callback) throws Trouble, IOException {
    if (stored.find(id).isPresent()) {
      throw Trouble.of(409, "HAS_ENDED", "The task has ended already", null).withTask(id);
    }
    if (view.status(id).isEmpty()) {
      throw unknown(id);
    }
    processing.cancel(id);
    json(response, 202, Answers.object().put("task_id", id).put("status", "CANCELLING"), callback);
  }

  private void list(Request request, Response response, Callback callback) throws IOException {
    String before = Request.extractQueryParameters(request).getValue("before");
    json(response, 200, view.list(PAGE, Optional.ofNullable(before)), callback);
  }
}
