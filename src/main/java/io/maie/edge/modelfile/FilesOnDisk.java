package io.maie.edge.modelfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a model folder, for layouts without checksums. */
final class FilesOnDisk {
  private static final int MAX_DEPTH = 4;

  private FilesOnDisk() {}

  /** Every file but manifest and lock, by its path inside the folder with slashes. */
  static SortedMap<String, ListedFile> list(Path folder, ExpectedFiles expected)
      throws IOException {
    SortedSet<String> names = names(folder);
    names.remove(Manifest.FILE_NAME);
    names.remove(ModelLock.FILE_NAME);
    return expected.describe(names);
  }

  /** The paths of all files inside the folder, with slashes. */
  static SortedSet<String> names(Path folder) throws IOException {
    // the folder may be a link to one on another disk; links to folders inside are not followed
    Path root = folder.toRealPath();
    SortedSet<String> names = new TreeSet<>();
    for (Path file : regularFiles(root)) {
      names.add(name(root.relativize(file)));
    }
    return names;
  }

  private static List<Path> regularFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, MAX_DEPTH)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A relative path with slashes. */
  static String name(Path relative) {
    return Stream.iterate(0, i -> i < relative.getNameCount(), i -> i + 1)
        .map(i -> relative.getName(i).toString())
        .collect(Collectors.joining("/"));
  }
}
