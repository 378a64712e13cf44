package io.maie.edge.retention;

/** A kind of thing that piles up. */
public enum Area {
  /** Processed recordings. */
  ARCHIVE("archive"),
  /** Recordings that failed, with their explanations. */
  FAILED("failed"),
  /** Folders under {@code work/} that belong to no task. */
  LEFTOVERS("work leftovers"),
  /** Temporary files of a writer that was cut short. */
  TEMPORARIES("temporary files"),
  /** Rotated logs. */
  LOGS("logs"),
  /** The store of results: recordings that came through the inbox. */
  STORED_RESULTS("stored results"),
  /** The store of results: recordings that were sent to the local API. */
  API_RESULTS("results of the API"),
  /** Results in the outbox; cleaned only where the operator asked for it. */
  RESULTS("results");

  private final String label;

  Area(String label) {
    this.label = label;
  }

  /** Returns whether its items are folders. */
  boolean isOfFolders() {
    return this == LEFTOVERS || this == STORED_RESULTS || this == API_RESULTS;
  }

  /** A word for people. */
  public String label() {
    return label;
  }
}
