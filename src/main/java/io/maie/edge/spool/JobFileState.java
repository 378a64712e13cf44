package io.maie.edge.spool;

/** Whether there is a job file for a recording that has left the inbox. */
public enum JobFileState {
  ABSENT,
  /** Somebody may still be writing it. */
  UNFINISHED,
  COMPLETE
}
