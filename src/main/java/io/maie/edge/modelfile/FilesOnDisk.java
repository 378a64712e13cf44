package io.maie.edge.modelfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a model folder as they are, for layouts in which nothing vouches for them. */
final class FilesOnDisk {
  private static final int MAX_DEPTH = 4;

  private FilesOnDisk() {}

  /** Every file but the manifest, by its path inside the folder with slashes. */
  static SortedMap<String, ListedFile> list(Path folder, Checksums checksums) throws IOException {
    SortedMap<String, ListedFile> files = new TreeMap<>();
    for (Path file : regularFiles(folder)) {
      String name = name(folder.relativize(file));
      if (!name.equals(Manifest.FILE_NAME)) {
        files.put(name, new ListedFile(Files.size(file), checksums.of(file)));
      }
    }
    return files;
  }

  private static List<Path> regularFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, MAX_DEPTH)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** A relative path with slashes. */
  static String name(Path relative) {
    return Stream.iterate(0, i -> i < relative.getNameCount(), i -> i + 1)
        .map(i -> relative.getName(i).toString())
        .collect(Collectors.joining("/"));
  }
}
