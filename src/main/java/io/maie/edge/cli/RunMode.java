package io.maie.edge.cli;

/** How long the daemon runs. */
public enum RunMode {
  UNTIL_STOPPED,
  /** Until the inbox holds nothing that settles or can be claimed. */
  ONCE
}
