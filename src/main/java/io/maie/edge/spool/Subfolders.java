package io.maie.edge.spool;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.FirstFreeName;
import io.maie.edge.durable.NameRules;
import io.maie.edge.durable.NameSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The sub-folders of the inbox, mirrored in the folders where recordings and results go. */
final class Subfolders {

  private final NameRules names;

  /**
   * @param names those that the folder can hold
   */
  Subfolders(NameRules names) {
    this.names = names;
  }

  /**
   * The folder below {@code root} for the recording {@code relative}, created if needed. Where a
   * file or a link has a folder's name, the folder takes a number; too long a name is cut.
   *
   * @throws NoSuchFileException if {@code root} is gone: its disk is not mounted, perhaps
   */
  Path mirrored(Path root, Path relative) throws IOException {
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

  /**
   * The path of {@code relative} with {@code suffix}, with {@code /} between folders, if it is not
   * that of the recording with the suffix.
   */
  Optional<String> safePath(Path relative, String suffix) {
    String safe = path(relative, suffix);
    return Optional.of(safe).filter(path -> !path.equals(named(relative) + suffix));
  }

  private static String named(Path relative) {
    return StreamSupport.stream(relative.spliterator(), false)
        .map(FileNames::text)
        .collect(Collectors.joining("/"));
  }

  private String path(Path relative, String suffix) {
    List<String> elements = new ArrayList<>();
    for (int depth = 0; depth < relative.getNameCount(); depth++) {
      boolean isLast = depth == relative.getNameCount() - 1;
      String text = FileNames.text(relative.getName(depth));
      elements.add(names.name(new NameSeries(text, isLast ? suffix : ""), 1));
    }
    return String.join("/", elements);
  }

  private Path subfolder(Path folder, String name) throws IOException {
    NameSeries series = new NameSeries(name, "");
    return FirstFreeName.take(
        folder.resolve(name),
        number -> {
          Path subfolder = folder.resolve(names.name(series, number));
          boolean isTaken =
              DurableFiles.exists(subfolder)
                  && !Files.isDirectory(subfolder, LinkOption.NOFOLLOW_LINKS);
          return isTaken
              ? Optional.empty()
              : Optional.of(DurableFiles.createDirectoriesBelow(folder, subfolder.getFileName()));
        });
  }
}
