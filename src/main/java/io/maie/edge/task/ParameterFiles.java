package io.maie.edge.task;

import io.maie.edge.durable.HeldFolder;
import io.maie.edge.request.ParameterReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reads the files in which people write parameters. */
final class ParameterFiles {
  private ParameterFiles() {}

  /** Like {@link #read}, without following a link on the way from {@code root}. */
  static Optional<byte[]> readBelow(Path root, Path file) throws IOException {
    try (HeldFolder folder = HeldFolder.below(root, file.resolveSibling(""))) {
      return folder.run(held -> read(held.resolve(file.getFileName())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * The bytes of {@code file}, or of its beginning if it is longer than the reader takes, which
   * then says so. Empty if it is not there or not a regular file.
   */
  static Optional<byte[]> read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in =
        Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(in.readNBytes(ParameterReader.MAX_BYTES + 1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
