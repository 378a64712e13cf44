package io.maie.edge.spool;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Facts that tell one state of a file from another without reading it. A link is never followed.
 *
 * @param device number of the file system
 * @param inode number of the file within it
 * @param bytes size
 * @param modifiedNanos the time of the last change of the content, as the writer claims;
 *     nanoseconds since 1970
 * @param changedNanos the time of the last real change of content or attributes; nanoseconds since
 *     1970. A rename changes it.
 */
public record FileSignature(
    long device, long inode, long bytes, long modifiedNanos, long changedNanos) {

  /**
   * The signature of {@code file} now.
   *
   * @throws java.nio.file.NoSuchFileException if it is gone
   */
  public static FileSignature of(Path file) throws IOException {
    return FileFacts.of(file).signature();
  }

  /** Returns whether both are the same file with the same content, before and after a rename. */
  public boolean sameContentAs(FileSignature other) {
    return isSameFileAs(other) && isAsCopyOf(other);
  }

  /** Returns whether this can be a copy of that file, which keeps size and time of the content. */
  public boolean isAsCopyOf(FileSignature other) {
    return bytes == other.bytes && modifiedNanos == other.modifiedNanos;
  }

  /** Returns whether both are states of one file. */
  public boolean isSameFileAs(FileSignature other) {
    return device == other.device && inode == other.inode;
  }
}
