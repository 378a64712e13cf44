package io.maie.edge.spool;

/** True if there is a job file for a recording that has left the inbox. */
public enum JobFileState {
  ABSENT,
  /** Somebody may still be writing it. */
  UNFINISHED,
  COMPLETE
}
