package io.maie.edge.task;

/**
 * How far a task is; kept in its file, so that a restart goes on from there.
 *
 * <pre>
 *   CLAIMED --> FINISHED --> (gone)
 *      |
 *      +------> FAILED    --> (gone)
 *      +------> RETURNED  --> (gone)
 * </pre>
 */
public enum TaskState {
  /** The recording is ours, or is about to be; nothing has come of it yet. */
  CLAIMED,
  /**
   * Its documents are complete in the work folder; publication may have begun. It is over when the
   * history tells of the task; the recording goes to the archive next.
   */
  FINISHED,
  /** It failed for good; the recording goes to quarantine next. */
  FAILED,
  /** It changed while it was processed; the recording goes back to the inbox next. */
  RETURNED
}
