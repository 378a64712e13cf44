package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a task.
 *
 * @param stage label of the stage it failed in
 * @param message a sentence with the expected, the found, and the place
 * @param hintOrNull advice to a person
 */
public record TaskFailure(
    FailureCode code,
    String stage,
    String message,
    @Nullable String hintOrNull,
    Map<String, String> details) {

  public TaskFailure {
    requireNonNull(code, "code is null");
    requireNonNull(stage, "stage is null");
    requireNonNull(message, "message is null");
    details = Map.copyOf(details);
  }

  static TaskFailure of(ProcessingException e, String stage) {
    return new TaskFailure(
        e.code(), stage, String.valueOf(e.getMessage()), e.hint().orElse(null), e.details());
  }

  /**
   * The failure that says who is at fault if a recording could not be read, or its task not
   * written.
   */
  static ProcessingException ofStorage(IOException e) {
    StorageFailure failure = StorageFailure.of(e);
    return new ProcessingException(
        failure.code(), "Reading or writing failed, " + StorageFailure.explain(e), null, e);
  }

  public Optional<String> hint() {
    return Optional.ofNullable(hintOrNull);
  }
}
