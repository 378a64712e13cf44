package io.maie.edge.config;

import java.nio.file.Path;

/**
 * Targets of log lines.
 *
 * @param file absolute
 * @param maxFileBytes a file of this size is closed
 */
public record LoggingSettings(LogLevel level, Path file, long maxFileBytes) {}
