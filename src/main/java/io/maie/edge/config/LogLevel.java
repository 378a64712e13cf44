package io.maie.edge.config;

/** How grave a log line must be to be written. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG
}
