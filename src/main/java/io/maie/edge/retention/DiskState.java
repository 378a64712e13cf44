package io.maie.edge.retention;

import io.maie.edge.telemetry.DiskLevel;

/**
 * Space on the disk of a folder.
 *
 * @param folder its role, such as {@code inbox}
 * @param requiredFreeBytes below this nothing is claimed
 */
public record DiskState(
    String folder, long freeBytes, long totalBytes, long requiredFreeBytes, DiskLevel level) {

  /** The bytes to free in order to leave {@link DiskLevel#SHORT}, with a tenth to spare. */
  public long bytesToFree() {
    return Math.max(0, requiredFreeBytes + requiredFreeBytes / 10 - freeBytes);
  }
}
