package io.maie.edge.config;

/** Severity from which log lines are written. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG
}
