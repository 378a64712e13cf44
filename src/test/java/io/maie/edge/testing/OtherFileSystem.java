package io.maie.edge.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that lies on another file system than temporary folders do. */
public final class OtherFileSystem {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private OtherFileSystem() {}

  /** A new folder; the calling test is skipped where there is only one file system. */
  public static Path folder() throws IOException {
    Path here = Path.of(System.getProperty("java.io.tmpdir"));
    assumeTrue(
        Files.isWritable(SHARED_MEMORY)
            && !Files.getFileStore(SHARED_MEMORY).equals(Files.getFileStore(here)),
        "no second file system at /dev/shm");
    return Files.createTempDirectory(SHARED_MEMORY, "maie test ");
  }

  /** Deletes what {@link #folder} made. */
  public static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
