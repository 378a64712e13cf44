package io.maie.edge.spool;

/** The fate of recordings in the inbox: they leave it when they are taken, or stay. */
public enum InboxMode {
  /** Like {@link #LEDGER} if the file system of the inbox is read-only, else like {@link #MOVE}. */
  AUTO,
  /** They are moved out; an inbox that cannot be written is a problem. */
  MOVE,
  /** They are copied and stay; a ledger in the state folder remembers them. */
  LEDGER
}
