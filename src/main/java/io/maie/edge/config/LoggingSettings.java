package io.maie.edge.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where log lines go.
 *
 * @param file absolute
 * @param maxFileBytes a file of this size is closed
 * @param keep how long closed files are kept
 */
public record LoggingSettings(LogLevel level, Path file, long maxFileBytes, Duration keep) {

  public LoggingSettings {
    requireNonNull(level, "level is null");
    requireNonNull(file, "file is null");
    requireNonNull(keep, "keep is null");
  }
}
