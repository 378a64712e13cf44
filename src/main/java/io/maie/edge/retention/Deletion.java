package io.maie.edge.retention;

/** One thing that will be deleted, and why. */
public record Deletion(StoredItem item, Reason reason, String explanation) {

  /** Rules that ask for a deletion. */
  public enum Reason {
    AGE,
    BYTES,
    LEFTOVER,
    EMERGENCY
  }
}
