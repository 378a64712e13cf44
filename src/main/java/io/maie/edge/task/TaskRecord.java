package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.spool.FileSignature;
import io.maie.edge.task.Attempt.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept about a task between two steps; the content of {@code work/<task>/task.json}.
 *
 * @param id time-ordered
 * @param inputName the recording's name in the task's folder
 * @param receivedAt when the recording was claimed
 * @param priority higher goes first
 * @param folderProfile text of the folder profile in force at the claim, if there was one
 * @param attempts in order
 * @param notBefore earliest time of the next attempt, if there must be a pause
 * @param failure why it failed, from {@link TaskState#FAILED} on
 * @param figures what it cost, from {@link TaskState#FINISHED} on
 * @param documents names of the published documents below the outbox, once they are published; then
 *     the history keeps them, and the file is not written again
 */
public record TaskRecord(
    String id,
    TaskState state,
    TaskSource source,
    String inputName,
    Instant receivedAt,
    int priority,
    @Nullable String folderProfile,
    List<Attempt> attempts,
    @Nullable Instant notBefore,
    @Nullable TaskFailure failure,
    @Nullable TaskFigures figures,
    List<String> documents) {

  public TaskRecord {
    requireNonNull(id, "id is null");
    requireNonNull(state, "state is null");
    requireNonNull(source, "source is null");
    requireNonNull(inputName, "inputName is null");
    requireNonNull(receivedAt, "receivedAt is null");
    attempts = List.copyOf(attempts);
    documents = List.copyOf(documents);
  }

  /**
   * Returns whether {@code target} is the id of this task, or the path or name of its recording.
   */
  public boolean isCalled(String target) {
    return id.equals(target) || source.path().equals(target) || source.name().equals(target);
  }

  /** How many attempts ended in one of {@code ends}. */
  public int attemptsEnding(End... ends) {
    List<End> wanted = Arrays.asList(ends);
    return (int)
        attempts.stream()
            .filter(attempt -> attempt.end() != null && wanted.contains(attempt.end()))
            .count();
  }

  /** The attempt that is open. */
  public Optional<Attempt> openAttempt() {
    return lastAttempt().filter(Attempt::isOpen);
  }

  /** The latest attempt, open or ended. */
  public Optional<Attempt> lastAttempt() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
  }

  /** Attempts that count: all but those that were stopped from outside. */
  public int countedAttempts() {
    return attempts.size() - attemptsEnding(End.INTERRUPTED) - killedAttempts();
  }

  /** Attempts that ended since a program that worked for them was ended from outside. */
  int killedAttempts() {
    return attemptsEnding(End.KILLED, End.KILLED_FOR_MEMORY);
  }

  /** Attempts that ended with a failure that may go away. */
  int failedAttempts() {
    return attemptsEnding(End.FAILED, End.FAILED_FOR_MEMORY);
  }

  /**
   * Returns whether further attempts should take as little memory as they can. All of them, not
   * only the next: one as before would meet the same end, and ignore what others remembered.
   */
  boolean sparesMemory() {
    return attempts.stream().anyMatch(Attempt::lackedMemory);
  }

  TaskRecord in(TaskState newState) {
    return change(draft -> draft.state = newState);
  }

  /** A task of its own with a new result of the same recording; its documents are yet to come. */
  TaskRecord again(String newId) {
    return new TaskRecord(
        newId,
        state,
        source,
        inputName,
        receivedAt,
        priority,
        folderProfile,
        attempts,
        notBefore,
        failure,
        figures,
        List.of());
  }

  TaskRecord failed(TaskFailure why) {
    return change(
        draft -> {
          draft.state = TaskState.FAILED;
          draft.notBefore = null;
          draft.failure = why;
        });
  }

  TaskRecord finished(TaskFigures cost) {
    return change(
        draft -> {
          draft.state = TaskState.FINISHED;
          draft.figures = cost;
        });
  }

  TaskRecord published(List<String> names) {
    return change(draft -> draft.documents = names);
  }

  TaskRecord begun(Attempt attempt) {
    return change(
        draft -> {
          draft.attempts.add(attempt);
          draft.notBefore = null;
        });
  }

  /** With the open attempt ended; unchanged if none is open. */
  TaskRecord ended(Instant now, End end, @Nullable String stage) {
    return openAttempt()
        .map(
            open ->
                change(
                    draft -> draft.attempts.set(attempts.size() - 1, open.ended(now, end, stage))))
        .orElse(this);
  }

  /** With what the engines had remembered when the last attempt crashed. */
  TaskRecord behind(long checkpointBytes) {
    return change(
        draft -> {
          int last = attempts.size() - 1;
          draft.attempts.set(last, attempts.get(last).behind(checkpointBytes));
        });
  }

  TaskRecord withSignature(FileSignature signature) {
    return change(draft -> draft.source = source.with(signature));
  }

  TaskRecord pausedUntil(Instant time) {
    return change(draft -> draft.notBefore = time);
  }

  private TaskRecord change(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.toRecord();
  }

  /** Changeable facts of a task. */
  private static final class Draft {
    private final TaskRecord original;
    private TaskState state;
    private TaskSource source;
    private final List<Attempt> attempts;
    private @Nullable Instant notBefore;
    private @Nullable TaskFailure failure;
    private @Nullable TaskFigures figures;
    private List<String> documents;

    Draft(TaskRecord original) {
      this.original = original;
      state = original.state;
      source = original.source;
      attempts = new ArrayList<>(original.attempts);
      notBefore = original.notBefore;
      failure = original.failure;
      figures = original.figures;
      documents = original.documents;
    }

    TaskRecord toRecord() {
      return new TaskRecord(
          original.id,
          state,
          source,
          original.inputName,
          original.receivedAt,
          original.priority,
          original.folderProfile,
          attempts,
          notBefore,
          failure,
          figures,
          documents);
    }
  }
}
