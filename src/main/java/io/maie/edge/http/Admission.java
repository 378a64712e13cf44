package io.maie.edge.http;

import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.TaskRecord;
import java.io.IOException;
import java.util.LinkedHashSet;
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
    for (TaskRecord task : tasks.open()) {
      open.add(task.id());
    }
  }

  /** Counts an upload that begins; false if there is no room for it. */
  synchronized boolean enter() throws IOException {
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
  synchronized void arrived(String taskId) {
    arriving--;
    open.add(taskId);
  }

  /** The upload has come to nothing. */
  synchronized void left() {
    arriving--;
  }
}
