package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.task.Attempt.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Facts of a task, in whichever state it is.
 *
 * @param id time-ordered
 * @param inputName the recording's name in the task's folder
 * @param receivedAt when the recording was claimed
 * @param priority higher goes first
 * @param folderProfile text of the folder profile in force at the claim, if there was one
 * @param attempts in order
 * @param notBefore earliest time of the next step, if there must be a pause
 */
public record TaskFacts(
    String id,
    TaskSource source,
    String inputName,
    Instant receivedAt,
    int priority,
    Optional<String> folderProfile,
    List<Attempt> attempts,
    Optional<Instant> notBefore) {

  public TaskFacts {
    requireNonNull(id, "id is null");
    requireNonNull(source, "source is null");
    requireNonNull(inputName, "inputName is null");
    requireNonNull(receivedAt, "receivedAt is null");
    requireNonNull(folderProfile, "folderProfile is null");
    attempts = List.copyOf(attempts);
    requireNonNull(notBefore, "notBefore is null");
  }

  /** Facts of a recording that nobody has tried yet, of ordinary priority, with its usual name. */
  public static TaskFacts received(String id, TaskSource source, Instant now) {
    return new TaskFacts(
        id,
        source,
        TaskFolder.inputName(source.name()),
        now,
        0,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  public TaskFacts withPriority(int newPriority) {
    return new TaskFacts(
        id, source, inputName, receivedAt, newPriority, folderProfile, attempts, notBefore);
  }

  TaskFacts withFolderProfile(String text) {
    Optional<String> profile = Optional.of(text);
    return new TaskFacts(id, source, inputName, receivedAt, priority, profile, attempts, notBefore);
  }

  TaskFacts withInputName(String name) {
    return new TaskFacts(
        id, source, name, receivedAt, priority, folderProfile, attempts, notBefore);
  }

  TaskFacts withSource(TaskSource newSource) {
    return new TaskFacts(
        id, newSource, inputName, receivedAt, priority, folderProfile, attempts, notBefore);
  }

  /** Facts of another task that has the same past. */
  TaskFacts withId(String newId) {
    return new TaskFacts(
        newId, source, inputName, receivedAt, priority, folderProfile, attempts, notBefore);
  }

  /** Facts of another task that begins with the same recording. */
  TaskFacts anew(String newId, Instant now) {
    return new TaskFacts(
        newId, source, inputName, now, priority, folderProfile, List.of(), Optional.empty());
  }

  public TaskFacts pausedUntil(Instant time) {
    return with(attempts, Optional.of(time));
  }

  TaskFacts withoutPause() {
    return with(attempts, Optional.empty());
  }

  TaskFacts begun(Attempt attempt) {
    List<Attempt> more = new ArrayList<>(attempts);
    more.add(attempt);
    return with(more, Optional.empty());
  }

  /** With the open attempt ended; unchanged if none is open. */
  TaskFacts ended(Instant now, End end, @Nullable String stage) {
    return openAttempt().map(open -> withLast(open.ended(now, end, stage))).orElse(this);
  }

  /** With what the engines had remembered when the last attempt crashed. */
  TaskFacts behind(long checkpointBytes) {
    return lastAttempt().map(last -> withLast(last.behind(checkpointBytes))).orElse(this);
  }

  private TaskFacts withLast(Attempt attempt) {
    List<Attempt> changed = new ArrayList<>(attempts);
    changed.set(changed.size() - 1, attempt);
    return with(changed, notBefore);
  }

  private TaskFacts with(List<Attempt> newAttempts, Optional<Instant> newNotBefore) {
    return new TaskFacts(
        id, source, inputName, receivedAt, priority, folderProfile, newAttempts, newNotBefore);
  }

  /** How many attempts ended in one of {@code ends}. */
  int attemptsEnding(End... ends) {
    List<End> wanted = Arrays.asList(ends);
    return (int)
        attempts.stream()
            .filter(attempt -> attempt.end() != null && wanted.contains(attempt.end()))
            .count();
  }

  /** The attempt that is open. */
  Optional<Attempt> openAttempt() {
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
}
