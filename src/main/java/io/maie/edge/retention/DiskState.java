package io.maie.edge.retention;

/**
 * Space on the disk of a folder.
 *
 * @param folder its role, such as {@code inbox}
 * @param requiredFreeBytes below this nothing is claimed
 */
public record DiskState(
    String folder, long freeBytes, long totalBytes, long requiredFreeBytes, Level level) {

  /** Meaning of a disk state. */
  public enum Level {
    FINE,
    /** More is used than the operator likes: a cleanup is due. */
    FILLING,
    /** Nothing is claimed, and the emergency rules of retention apply. */
    SHORT
  }

  /** The bytes to free in order to leave {@link Level#SHORT}, with a tenth to spare. */
  public long bytesToFree() {
    return Math.max(0, requiredFreeBytes + requiredFreeBytes / 10 - freeBytes);
  }
}
