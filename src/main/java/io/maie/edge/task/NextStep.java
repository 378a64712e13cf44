package io.maie.edge.task;

import java.util.function.Function;

/** Continuation of a task after a step. */
sealed interface NextStep {

  /** The outcome of this step, or of the steps that {@code advance} takes from here. */
  TaskOutcome then(Function<Task, TaskOutcome> advance);

  /** It goes on at once, from the state that it has reached. */
  record GoOn(Task task) implements NextStep {
    @Override
    public TaskOutcome then(Function<Task, TaskOutcome> advance) {
      return advance.apply(task);
    }
  }

  /** It stops here for now, or for good. */
  record Stop(TaskOutcome outcome) implements NextStep {
    @Override
    public TaskOutcome then(Function<Task, TaskOutcome> advance) {
      return outcome;
    }
  }
}
