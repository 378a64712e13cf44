package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history: a task that has ended.
 *
 * @param path of the recording below the inbox
 * @param code the code of its failure; null if it succeeded
 * @param message of the failure; null if it succeeded
 * @param documents the published documents, below the outbox
 * @param figures null if it failed
 * @param attempts that counted
 */
public record HistoryEntry(
    Instant at,
    String taskId,
    String path,
    @Nullable FailureCode code,
    @Nullable String message,
    List<String> documents,
    @Nullable TaskFigures figures,
    int attempts) {

  public HistoryEntry {
    requireNonNull(at, "at is null");
    requireNonNull(taskId, "taskId is null");
    requireNonNull(path, "path is null");
    documents = List.copyOf(documents);
  }

  static HistoryEntry of(Task.Finished task, Instant at) {
    return new HistoryEntry(
        at,
        task.id(),
        task.source().path(),
        null,
        null,
        task.documents(),
        task.figures(),
        task.facts().countedAttempts());
  }

  static HistoryEntry of(Task.Failed task, Instant at) {
    return new HistoryEntry(
        at,
        task.id(),
        task.source().path(),
        task.failure().code(),
        task.failure().message(),
        List.of(),
        null,
        task.facts().countedAttempts());
  }

  public boolean isSuccess() {
    return code == null;
  }

  /** Cost of the task, if it succeeded. */
  public Optional<TaskFigures> cost() {
    return Optional.ofNullable(figures);
  }
}
