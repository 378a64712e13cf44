package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.task.Attempt.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Facts of a task, in whichever state it is.
 *
 * @param id time-ordered
 * @param inputName the recording's name in the task's folder
 * @param receivedAt the time of the claim
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

  TaskFacts begun(Attempt.Open attempt) {
    List<Attempt> more = new ArrayList<>(attempts);
    more.add(attempt);
    return with(more, Optional.empty());
  }

  /** With the open attempt ended; unchanged if none is open. */
  TaskFacts ended(Instant now, End end) {
    return openAttempt().map(open -> withLast(open.end(now, end))).orElse(this);
  }

  /** With {@code attempt} in the place of the last one. */
  TaskFacts withLast(Attempt attempt) {
    List<Attempt> changed = new ArrayList<>(attempts);
    changed.set(changed.size() - 1, attempt);
    return with(changed, notBefore);
  }

  private TaskFacts with(List<Attempt> newAttempts, Optional<Instant> newNotBefore) {
    return new TaskFacts(
        id, source, inputName, receivedAt, priority, folderProfile, newAttempts, newNotBefore);
  }

  /** Counts the attempts that ended in one of {@code ends}. */
  int attemptsEnding(End... ends) {
    List<End> wanted = Arrays.asList(ends);
    return (int) endedAttempts().stream().filter(ended -> wanted.contains(ended.how())).count();
  }

  /** The attempts that are over, in order. */
  List<Attempt.Ended> endedAttempts() {
    return attempts.stream()
        .filter(Attempt.Ended.class::isInstance)
        .map(Attempt.Ended.class::cast)
        .toList();
  }

  /** The attempt that is open. */
  Optional<Attempt.Open> openAttempt() {
    return lastAttempt().filter(Attempt.Open.class::isInstance).map(Attempt.Open.class::cast);
  }

  /** The latest attempt, open or ended. */
  public Optional<Attempt> lastAttempt() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
  }

  /** The time at which the latest attempt ended; empty if it is open, or if there was none. */
  public Optional<Instant> lastEnd() {
    return lastAttempt()
        .filter(Attempt.Ended.class::isInstance)
        .map(last -> ((Attempt.Ended) last).at());
  }

  /** Attempts that count: all but those that were stopped from outside. */
  public int countedAttempts() {
    return attempts.size() - attemptsEnding(End.INTERRUPTED) - killedAttempts();
  }

  /** Attempts that ended because a program that worked for them was ended from outside. */
  int killedAttempts() {
    return attemptsEnding(End.KILLED, End.KILLED_FOR_MEMORY);
  }

  /** Attempts that ended with a failure that may go away. */
  int failedAttempts() {
    return attemptsEnding(End.FAILED, End.FAILED_FOR_MEMORY);
  }

  /**
   * Returns whether all further attempts should take as little memory as they can. An attempt with
   * the usual memory would meet the same end, and could not use the checkpoints of the others.
   */
  boolean sparesMemory() {
    return endedAttempts().stream().anyMatch(ended -> ended.how().lackedMemory());
  }
}
