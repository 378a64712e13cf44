package io.maie.edge.spool;

/** State of a sidecar whose recording has left the inbox. */
public enum SidecarState {
  ABSENT,
  /** Somebody may still be writing it. */
  UNFINISHED,
  COMPLETE
}
