package io.maie.edge.http;

import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.Task;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Bounds how many tasks sent to the API have not ended, uploads included. Thread-safe. */
final class Admission {
  private final ApiTasks tasks;
  private final int most;

  /** Ids of tasks; guarded by this. */
  private final Set<String> open = new LinkedHashSet<>();

  /** Uploads that have not become a task yet; guarded by this. */
  private int arriving;

  Admission(ApiTasks tasks, int most) {
    this.tasks = tasks;
    this.most = most;
  }

  /** Counts the tasks that an earlier process has left. */
  synchronized void recover() throws IOException {
    for (Task task : tasks.open()) {
      open.add(task.id());
    }
  }

  /** Makes a task. */
  @FunctionalInterface
  interface Work {
    Optional<Task> run() throws ProblemException, IOException;
  }

  /**
   * Lets {@code work} make a task if there is room for one.
   *
   * @throws ProblemException 429 if there is none
   */
  Optional<Task> admit(Work work) throws ProblemException, IOException {
    if (!enter()) {
      throw ProblemException.of(
          429,
          "QUEUE_FULL",
          "The queue of the API holds " + most + " tasks already",
          "Try again later; the operator can raise http.max_queue.");
    }
    Optional<Task> task = Optional.empty();
    try {
      task = work.run();
      return task;
    } finally {
      task.ifPresentOrElse(done -> arrived(done.id()), this::left);
    }
  }

  /** Counts an upload that begins; false if there is no room for it. */
  private synchronized boolean enter() throws IOException {
    for (String id : Set.copyOf(open)) {
      if (tasks.find(id).isEmpty()) {
        open.remove(id);
      }
    }
    if (open.size() + arriving >= most) {
      return false;
    }
    arriving++;
    return true;
  }

  /** The upload has become a task. */
  private synchronized void arrived(String taskId) {
    arriving--;
    open.add(taskId);
  }

  /** The upload has come to nothing. */
  private synchronized void left() {
    arriving--;
  }
}
