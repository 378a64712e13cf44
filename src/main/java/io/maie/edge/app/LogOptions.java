package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where log lines go.
 *
 * @param level the least grave level that is written: ERROR, WARN, INFO or DEBUG
 * @param file the rolling file; its folder is made when needed
 * @param maxFileBytes a file that grew to this size is closed and compressed
 * @param keep closed files older than this are deleted, to whole days
 */
public record LogOptions(String level, Path file, long maxFileBytes, Duration keep) {

  public LogOptions {
    requireNonNull(level, "level is null");
    requireNonNull(file, "file is null");
    requireNonNull(keep, "keep is null");
    if (maxFileBytes < 1) {
      throw new IllegalArgumentException("expected a positive file size, found " + maxFileBytes);
    }
  }
}
