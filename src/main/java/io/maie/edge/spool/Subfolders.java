package io.maie.edge.spool;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The sub-folders of the inbox, mirrored in the folders where recordings and results go. */
final class Subfolders {

  private static final int MOST_NUMBERS = 100_000;

  private Subfolders() {}

  /**
   * The folder below {@code root} for the recording {@code relative}, created if needed. Where a
   * file or a link has a folder's name, the folder takes a number; too long a name is cut.
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
    Path folder = root;
    for (int depth = 0; depth < relative.getNameCount() - 1; depth++) {
      folder = subfolder(folder, FileNames.text(relative.getName(depth)));
    }
    return folder;
  }

  private static Path subfolder(Path folder, String name) throws IOException {
    for (int number = 1; number <= MOST_NUMBERS; number++) {
      Path subfolder = folder.resolve(FileNames.numbered(name, "", number));
      boolean isTaken =
          DurableFiles.exists(subfolder)
              && !Files.isDirectory(subfolder, LinkOption.NOFOLLOW_LINKS);
      if (!isTaken) {
        return DurableFiles.createDirectoriesBelow(folder, subfolder.getFileName());
      }
    }
    throw new FileAlreadyExistsException(folder.resolve(name).toString());
  }
}
