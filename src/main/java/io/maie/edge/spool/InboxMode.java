package io.maie.edge.spool;

/** True if recordings leave the inbox when they are taken. */
public enum InboxMode {
  /** Like {@link #LEDGER} if the file system of the inbox is read-only, else like {@link #MOVE}. */
  AUTO,
  /** They are moved out; an inbox that cannot be written is a problem. */
  MOVE,
  /** They are copied and stay; a ledger in the state folder remembers them. */
  LEDGER
}
