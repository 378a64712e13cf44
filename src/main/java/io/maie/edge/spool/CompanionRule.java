package io.maie.edge.spool;

/** Treatment of companions of recordings in a folder. */
public enum CompanionRule {
  /** They stay where they are, and the status lists them. */
  LEAVE,
  /** They stay until their recording goes to the archive or to quarantine, and follow it. */
  ARCHIVE_WITH,
  /** They count as recordings, and fail with an explanation. */
  FAIL
}
