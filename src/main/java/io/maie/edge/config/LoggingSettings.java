package io.maie.edge.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Targets of log lines.
 *
 * @param file absolute
 * @param maxFileBytes a file of this size is closed
 */
public record LoggingSettings(LogLevel level, Path file, long maxFileBytes) {

  public LoggingSettings {
    requireNonNull(level, "level is null");
    requireNonNull(file, "file is null");
  }
}
