package io.maie.edge.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.StoredResult;
import io.maie.edge.task.StoredResults;
import io.maie.edge.task.TaskFailure;
import io.maie.edge.task.TaskRecord;
import io.maie.edge.telemetry.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** View of tasks for clients, whichever door their recordings came through. */
final class TaskView {
  private static final JsonMapper MAPPER = new JsonMapper();

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
        JsonNode result = MAPPER.readTree(Files.readAllBytes(document.get()));
        node.set("result", result);
      }
      return Optional.of(node);
    }
    Optional<TaskRecord> task = tasks.find(id);
    return task.isEmpty() ? Optional.empty() : Optional.of(open(task.get()));
  }

  private ObjectNode open(TaskRecord task) {
    ObjectNode node = head(task);
    Status.@Nullable Running running = processing.status().running();
    if (running != null && running.taskId().equals(task.id())) {
      node.put("status", running.status());
      node.put("stage", running.stage());
      node.put("percent", running.percent());
      if (running.etaSeconds() != null) {
        node.put("eta_seconds", running.etaSeconds());
      }
    } else {
      node.put("status", "PENDING");
    }
    return node;
  }

  /** How far a task is that has not ended. */
  ObjectNode progress(TaskRecord task) {
    ObjectNode open = open(task);
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

  private static ObjectNode head(TaskRecord task) {
    return Answers.object()
        .put("task_id", task.id())
        .put("name", task.source().name())
        .put("submitted_at", task.receivedAt().toString());
  }

  private static ObjectNode ended(StoredResult result) {
    ObjectNode node = head(result.task());
    node.put("status", status(result));
    TaskFailure failure = result.task().failure();
    if (failure != null) {
      node.put("error_code", failure.code().name());
      node.put("error", failure.message());
      node.put("stage", failure.stage());
      node.put("hint", failure.hint().orElse(failure.code().advice()));
    }
    return node;
  }

  /**
   * The tasks of the API that have not ended, then the latest that have, latest first.
   *
   * @param before only tasks that ended whose id is smaller; empty = the first page
   */
  ObjectNode list(int most, Optional<String> before) throws IOException {
    ObjectNode node = Answers.object();
    var open = node.putArray("open");
    if (before.isEmpty()) {
      tasks.open().forEach(task -> open.add(open(task)));
    }
    List<StoredResult> page = stored.latest(most, before);
    var ended = node.putArray("ended");
    page.forEach(result -> ended.add(ended(result)));
    if (page.size() == most) {
      node.put("next_before", page.get(most - 1).task().id());
    }
    return node;
  }

  /** The failure of a task as a client of a synchronous call sees it. */
  static Trouble failure(StoredResult result) {
    TaskFailure failure = result.task().failure();
    if (failure == null) {
      throw new IllegalArgumentException("expected a task that failed");
    }
    return Trouble.of(
            FailureStatus.of(failure.code()),
            failure.code().name(),
            failure.message(),
            failure.hint().orElse(failure.code().advice()))
        .withTask(result.task().id());
  }
}
