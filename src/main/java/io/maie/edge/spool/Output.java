package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A finished document that is to appear in a folder.
 *
 * @param suffix what follows the name of the recording, such as {@code .json}
 * @param file where the content lies, flushed; it keeps its name and may not be written to again
 */
public record Output(String suffix, Path file) {
  public Output {
    requireNonNull(file, "file is null");
    if (suffix.isEmpty() || suffix.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "expected a suffix such as '.json', found '" + suffix + "'");
    }
  }
}
