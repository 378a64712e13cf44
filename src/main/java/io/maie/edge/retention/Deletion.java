package io.maie.edge.retention;

import static java.util.Objects.requireNonNull;

/** One thing that will be deleted, and why. */
public record Deletion(StoredItem item, Reason reason, String explanation) {

  /** Rules that ask for a deletion. */
  public enum Reason {
    AGE,
    BYTES,
    LEFTOVER,
    EMERGENCY
  }

  public Deletion {
    requireNonNull(item, "item is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(explanation, "explanation is null");
  }
}
