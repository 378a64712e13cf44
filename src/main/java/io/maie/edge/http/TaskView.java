package io.maie.edge.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.RunningTask;
import io.maie.edge.task.StoredResult;
import io.maie.edge.task.StoredResults;
import io.maie.edge.task.Task;
import io.maie.edge.task.TaskFailure;
import io.maie.edge.telemetry.LifeState;
import io.maie.edge.telemetry.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** View of tasks for clients, whether their recordings came through the inbox or the API. */
final class TaskView {
  private final ApiTasks tasks;
  private final StoredResults stored;
  private final Processing processing;

  TaskView(ApiParts parts) {
    this.tasks = parts.tasks();
    this.stored = parts.stored();
    this.processing = parts.processing();
  }

  /** The status of a task, with its result if there is one; empty if it is not known. */
  Optional<ObjectNode> status(String id) throws IOException {
    Optional<StoredResult> ended = stored.find(id);
    if (ended.isPresent()) {
      ObjectNode node = ended(ended.get());
      Optional<Path> document = ended.get().document("result.json");
      if (document.isPresent()) {
        JsonNode result = Answers.MAPPER.readTree(Files.readAllBytes(document.get()));
        node.set("result", result);
      }
      return Optional.of(node);
    }
    Optional<Task> task = tasks.find(id);
    return task.map(found -> open(found, processing.status()));
  }

  private static ObjectNode open(Task task, Status status) {
    ObjectNode node = head(task);
    Status.@Nullable Running running = status.running();
    if (running != null && running.taskId().equals(task.id())) {
      node.put("status", running.status());
      node.put("stage", running.stage());
      node.put("percent", running.percent());
      if (running.etaSeconds() != null) {
        node.put("eta_seconds", running.etaSeconds());
      }
    } else {
      node.put("status", "PENDING");
      node.set("waiting", waiting(task, status));
    }
    return node;
  }

  /** The reason for which a task waits: a word for programs, a sentence for people. */
  private static ObjectNode waiting(Task task, Status status) {
    if (!status.blocked().isEmpty()) {
      return blocked(status);
    }
    String sentence =
        status.waiting().stream()
            .filter(waiting -> task.id().equals(waiting.taskId()))
            .map(Status.Waiting::reason)
            .findFirst()
            .orElse("waits for its turn");
    return reason(task.facts().notBefore().isEmpty() ? "QUEUED" : "DEFERRED", sentence);
  }

  private static ObjectNode blocked(Status status) {
    String code = status.state() == LifeState.PAUSED ? "PAUSED" : "BLOCKED";
    return reason(code, String.join("; ", status.blocked()));
  }

  /** The same of a recording in the inbox. */
  private static ObjectNode waiting(Status.Waiting recording, Status status) {
    boolean isReady = recording.state().equals("READY");
    return isReady && !status.blocked().isEmpty()
        ? blocked(status)
        : reason(recording.state(), recording.reason());
  }

  private static ObjectNode reason(String code, String sentence) {
    return Answers.object().put("code", code).put("reason", sentence);
  }

  /** The progress of a task that has not ended. */
  ObjectNode progress(Task task) {
    ObjectNode open = open(task, processing.status());
    ObjectNode node =
        Answers.object().put("task_id", task.id()).put("status", open.path("status").asText());
    if (open.has("stage")) {
      node.set("stage", open.get("stage"));
      node.set("percent", open.get("percent"));
    }
    if (open.has("eta_seconds")) {
      node.set("remaining_seconds", open.get("eta_seconds"));
    }
    return node;
  }

  /** The word for how a task ended. */
  static String status(StoredResult result) {
    return result.isSuccess() ? "COMPLETE" : "FAILED";
  }

  private static ObjectNode head(Task task) {
    return Answers.object()
        .put("task_id", task.id())
        .put("name", task.source().name())
        .put("submitted_at", task.facts().receivedAt().toString());
  }

  private static ObjectNode ended(StoredResult result) throws IOException {
    ObjectNode node = head(result.task());
    node.put("status", status(result));
    end(result).ifPresent(end -> node.put("completed_at", end));
    if (result.failure().isPresent()) {
      TaskFailure failure = result.failure().get();
      node.put("error_code", failure.code().name());
      node.put("error", failure.message());
      node.put("stage", failure.stage());
      node.put("hint", hint(failure));
    }
    return node;
  }

  /** A task may fail between its attempts, or before the first; its document says when. */
  private static Optional<String> end(StoredResult result) throws IOException {
    Optional<Path> error = result.document("error.json");
    if (error.isPresent()) {
      JsonNode document = Answers.MAPPER.readTree(Files.readAllBytes(error.get()));
      return Optional.of(document.path("completed_at").asText());
    }
    return result.task().facts().lastEnd().map(Instant::toString);
  }

  /** Clients of the API know no inbox, which the words for those beside the device speak of. */
  private static String hint(TaskFailure failure) {
    String own = failure.hint().orElse(failure.code().advice());
    return own.contains("inbox")
        ? PageTexts.english().find("failure." + failure.code() + ".hint").orElse(own)
        : own;
  }

  /**
   * The tasks that have not ended, the recordings that wait in the inbox, and the latest tasks that
   * have ended, latest first.
   *
   * @param before only tasks that ended whose id is smaller; empty = the first page
   */
  ObjectNode list(int most, Optional<String> before) throws IOException {
    ObjectNode node = Answers.object();
    var open = node.putArray("open");
    var inbox = node.putArray("inbox");
    if (before.isEmpty()) {
      Status status = processing.status();
      openTasks(status).forEach(task -> open.add(open(task, status)));
      status.waiting().stream()
          .filter(waiting -> waiting.taskId() == null)
          .forEach(
              waiting ->
                  inbox
                      .addObject()
                      .put("name", waiting.name())
                      .set("waiting", waiting(waiting, status)));
    }
    List<StoredResult> page = stored.latest(most, before);
    var ended = node.putArray("ended");
    for (StoredResult result : page) {
      ended.add(ended(result));
    }
    if (page.size() == most) {
      node.put("next_before", page.get(most - 1).task().id());
    }
    return node;
  }

  /** The tasks that run, that were begun and wait again, or that were sent to the API. */
  private Collection<Task> openTasks(Status status) throws IOException {
    Map<String, Task> open = new LinkedHashMap<>();
    processing.running().map(RunningTask::task).ifPresent(task -> open.put(task.id(), task));
    for (Status.Waiting waiting : status.waiting()) {
      String id = waiting.taskId();
      if (id != null) {
        tasks.find(id).ifPresent(task -> open.put(id, task));
      }
    }
    tasks.open().forEach(task -> open.putIfAbsent(task.id(), task));
    return open.values();
  }

  /** The failure of a task as a client of a synchronous call sees it. */
  static ProblemException failure(StoredResult result) {
    TaskFailure failure =
        result
            .failure()
            .orElseThrow(() -> new IllegalArgumentException("expected a task that failed"));
    return ProblemException.of(
            FailureStatus.of(failure.code()),
            failure.code().name(),
            failure.message(),
            hint(failure))
        .withTask(result.task().id());
  }
}
