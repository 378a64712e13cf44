package io.maie.edge.spool;

import io.maie.edge.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The sub-folders of the inbox, mirrored in the folders where recordings and results go. */
final class Subfolders {

  private Subfolders() {}

  /**
   * The folder below {@code root} for the recording {@code relative}, created if needed.
   *
   * @throws NoSuchFileException if {@code root} is gone: its disk is not mounted, perhaps
   */
  static Path mirrored(Path root, Path relative) throws IOException {
    for (Path element : relative) {
      if (element.toString().equals("..") || relative.isAbsolute()) {
        throw new IllegalArgumentException(
            "expected a path below the inbox, found '" + relative + "'");
      }
    }
    DurableFiles.requireFolder(root);
    Path parent = relative.getParent();
    return parent == null ? root : DurableFiles.createDirectoriesBelow(root, parent);
  }
}
