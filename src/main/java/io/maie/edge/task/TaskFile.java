package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Content of {@code work/<task>/task.json}: the keys of every state, null where the state has none.
 *
 * @param failure of {@link State#FAILED}
 * @param figures of {@link State#FINISHED}
 * @param documents of {@link State#FINISHED}; empty otherwise
 */
record TaskFile(
    String id,
    State state,
    TaskSource source,
    String inputName,
    Instant receivedAt,
    int priority,
    @Nullable String folderProfile,
    List<AttemptEntry> attempts,
    @Nullable Instant notBefore,
    @Nullable TaskFailure failure,
    @Nullable TaskFigures figures,
    List<String> documents) {

  /** Grows by optional keys only; a task of a later schema is not touched. */
  private static final int SCHEMA_VERSION = 1;

  TaskFile {
    requireNonNull(id, "id is null");
    requireNonNull(state, "state is null");
    requireNonNull(source, "source is null");
    requireNonNull(inputName, "inputName is null");
    requireNonNull(receivedAt, "receivedAt is null");
    attempts = List.copyOf(attempts);
    documents = List.copyOf(documents);
  }

  static byte[] write(Task task) {
    return TaskJson.document(of(task), SCHEMA_VERSION);
  }

  /**
   * Reads what was written by this or an earlier version of the program.
   *
   * @throws IOException if it is something else, or of a later schema
   */
  static Task read(byte[] bytes) throws IOException {
    return TaskJson.read(bytes, TaskFile.class, SCHEMA_VERSION).toTask();
  }

  private static TaskFile of(Task task) {
    TaskFacts facts = task.facts();
    return new TaskFile(
        facts.id(),
        State.of(task),
        facts.source(),
        facts.inputName(),
        facts.receivedAt(),
        facts.priority(),
        facts.folderProfile().orElse(null),
        facts.attempts().stream().map(AttemptEntry::of).toList(),
        facts.notBefore().orElse(null),
        task instanceof Task.Failed failed ? failed.failure() : null,
        task instanceof Task.Finished finished ? finished.figures() : null,
        task instanceof Task.Finished finished ? finished.documents() : List.of());
  }

  private Task toTask() throws IOException {
    List<Attempt> tries = new ArrayList<>(attempts.size());
    for (AttemptEntry attempt : attempts) {
      tries.add(attempt.toAttempt());
    }
    TaskFacts facts =
        new TaskFacts(
            id,
            source,
            inputName,
            receivedAt,
            priority,
            Optional.ofNullable(folderProfile),
            tries,
            Optional.ofNullable(notBefore));
    return switch (state) {
      case CLAIMED -> new Task.Claimed(facts);
      case FINISHED ->
          new Task.Finished(facts, figures == null ? TaskFigures.NONE : figures, documents);
      case FAILED -> {
        if (failure == null) {
          throw new IOException("Expected the failure of a failed task, found none");
        }
        yield new Task.Failed(facts, failure);
      }
      case RETURNED -> new Task.Returned(facts);
    };
  }

  /** Words of the file for the states of a task. */
  enum State {
    CLAIMED,
    FINISHED,
    FAILED,
    RETURNED;

    static State of(Task task) {
      return task.match(new Words());
    }
  }

  private static final class Words implements Task.Cases<State, RuntimeException> {
    @Override
    public State claimed(Task.Claimed task) {
      return State.CLAIMED;
    }

    @Override
    public State finished(Task.Finished task) {
      return State.FINISHED;
    }

    @Override
    public State failed(Task.Failed task) {
      return State.FAILED;
    }

    @Override
    public State returned(Task.Returned task) {
      return State.RETURNED;
    }
  }
}
