package io.maie.edge.cli;

/** Time for which the daemon runs. */
public enum RunMode {
  UNTIL_STOPPED,
  /** The same with the local API, whatever the settings say about it. */
  WITH_API,
  /** Until the inbox holds nothing that settles or can be claimed. */
  ONCE
}
