package io.maie.edge.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Facts that change when a file is replaced by another under its name.
 *
 * @param identity device and inode; null on file systems that have none
 */
record FileStamp(long bytes, FileTime modified, @Nullable Object identity) {
  private static final FileStamp UNKNOWN = new FileStamp(-1, FileTime.fromMillis(0), null);

  /** A file that cannot be looked at has a stamp as well: opening it will say what is wrong. */
  static FileStamp of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(found.size(), found.lastModifiedTime(), found.fileKey());
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
