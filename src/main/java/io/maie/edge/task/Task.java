package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The processing of one recording, in the state that it has reached. A restart goes on from there.
 *
 * <pre>
 *   Claimed --> Finished --> (gone)
 *      |
 *      +------> Failed   --> (gone)
 *      +------> Returned --> (gone)
 * </pre>
 */
public sealed interface Task {

  /** Facts that every state has. */
  TaskFacts facts();

  /** The same state with other facts. */
  Task with(TaskFacts newFacts);

  /** Asks {@code cases} about the state that this is. */
  <T, X extends Exception> T match(Cases<T, X> cases) throws X;

  /** The recording is claimed, or about to be; there is no outcome yet. */
  record Claimed(TaskFacts facts) implements Task {
    public Claimed {
      requireNonNull(facts, "facts is null");
    }

    @Override
    public Claimed with(TaskFacts newFacts) {
      return new Claimed(newFacts);
    }

    @Override
    public <T, X extends Exception> T match(Cases<T, X> cases) throws X {
      return cases.claimed(this);
    }
  }

  /**
   * Its documents are complete in the work folder; publication may have begun. It is over when the
   * history tells of the task; the recording goes to the archive next.
   *
   * @param figures its cost
   * @param documents names of the published documents below the outbox, if they were published and
   *     archiving had to wait; otherwise the history keeps them
   */
  record Finished(TaskFacts facts, TaskFigures figures, List<String> documents) implements Task {
    public Finished {
      requireNonNull(facts, "facts is null");
      requireNonNull(figures, "figures is null");
      documents = List.copyOf(documents);
    }

    boolean isPublished() {
      return !documents.isEmpty();
    }

    Finished published(List<String> names) {
      return new Finished(facts, figures, names);
    }

    @Override
    public Finished with(TaskFacts newFacts) {
      return new Finished(newFacts, figures, documents);
    }

    @Override
    public <T, X extends Exception> T match(Cases<T, X> cases) throws X {
      return cases.finished(this);
    }
  }

  /** It failed for good; the recording goes to quarantine next. */
  record Failed(TaskFacts facts, TaskFailure failure) implements Task {
    public Failed {
      requireNonNull(facts, "facts is null");
      requireNonNull(failure, "failure is null");
    }

    @Override
    public Failed with(TaskFacts newFacts) {
      return new Failed(newFacts, failure);
    }

    @Override
    public <T, X extends Exception> T match(Cases<T, X> cases) throws X {
      return cases.failed(this);
    }
  }

  /** It changed while it was processed; the recording goes back to the inbox next. */
  record Returned(TaskFacts facts) implements Task {
    public Returned {
      requireNonNull(facts, "facts is null");
    }

    @Override
    public Returned with(TaskFacts newFacts) {
      return new Returned(newFacts);
    }

    @Override
    public <T, X extends Exception> T match(Cases<T, X> cases) throws X {
      return cases.returned(this);
    }
  }

  /**
   * An answer for each state, so that the compiler names every place that a new state concerns.
   *
   * @param <T> the answer
   * @param <X> thrown by an answer
   */
  interface Cases<T, X extends Exception> {
    T claimed(Claimed task) throws X;

    T finished(Finished task) throws X;

    T failed(Failed task) throws X;

    T returned(Returned task) throws X;
  }

  default String id() {
    return facts().id();
  }

  default TaskSource source() {
    return facts().source();
  }

  /** Higher goes first. */
  default int priority() {
    return facts().priority();
  }

  /**
   * Returns whether {@code target} is the id of this task, or the path or name of its recording.
   */
  default boolean isCalled(String target) {
    return id().equals(target) || source().path().equals(target) || source().name().equals(target);
  }
}
