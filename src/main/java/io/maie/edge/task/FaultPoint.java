package io.maie.edge.task;

import java.util.Locale;

/**
 * Named places between the steps of a task, where a test makes the process vanish. Does nothing in
 * production unless somebody asks for it with a system property.
 */
@FunctionalInterface
public interface FaultPoint {

  /** Returns, or never does. */
  void reached(Step step);

  /** The places, in the order in which a recording passes them. */
  enum Step {
    TASK_FOLDER_MADE,
    RECORDING_CLAIMED,
    SIDECAR_CLAIMED,
    ATTEMPT_STARTED,
    PIPELINE_FINISHED,
    DOCUMENT_WRITTEN,
    TASK_FINISHED,
    RESULT_STORED,
    DOCUMENTS_PUBLISHED,
    HISTORY_WRITTEN,
    RECORDING_ARCHIVED,
    TASK_FOLDER_HALF_REMOVED,
    TASK_GONE,
    FAILURE_RECORDED,
    FAILURE_DESCRIBED,
    RECORDING_QUARANTINED,
    CHANGE_RECORDED,
    RECORDING_RETURNED;

    /** The word of the system property: {@code recording-claimed}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Nothing happens anywhere. */
  static FaultPoint disabled() {
    return step -> {};
  }
}
