package io.maie.edge.modelfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A model as an operator brings it: a folder, or a zip archive, told by content. */
enum ModelSource {
  FOLDER {
    @Override
    void unpack(Path source, ImportStaging staging) throws IOException {
      // links are followed: model hubs keep files elsewhere and link to them
      try (Stream<Path> walk = Files.walk(source, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
        List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
        for (Path file : files) {
          try (InputStream content = Files.newInputStream(file)) {
            staging.add(FilesOnDisk.name(source.relativize(file)), content);
          }
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  },
  ZIP {
    @Override
    void unpack(Path source, ImportStaging staging) throws IOException {
      try (ZipFile zip = new ZipFile(source.toFile())) {
        for (ZipEntry entry : zip.stream().toList()) {
          if (!entry.isDirectory()) {
            try (InputStream content = zip.getInputStream(entry)) {
              staging.add(entry.getName(), content);
            }
          }
        }
      }
    }
  };

  private static final int MAX_DEPTH = 8;
  private static final int PROBE_BYTES = 2;

  /** Kind of {@code source}. */
  static ModelSource of(Path source) throws IOException {
    if (Files.isDirectory(source)) {
      return FOLDER;
    }
    byte[] first;
    try (InputStream in = Files.newInputStream(source)) {
      first = in.readNBytes(PROBE_BYTES);
    }
    if (startsWith(first, 'P', 'K')) {
      return ZIP;
    }
    throw new IOException(
        "Expected a folder or a zip archive, found something else: '"
            + source
            + "'. Unpack other archives first, as with: tar xf '"
            + source.getFileName()
            + "'");
  }

  abstract void unpack(Path source, ImportStaging staging) throws IOException;

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length >= 2
        && Byte.toUnsignedInt(bytes[0]) == first
        && Byte.toUnsignedInt(bytes[1]) == second;
  }
}
