package io.maie.edge.config;

/** Who sums up transcripts. */
public enum TextEngine {
  /** A server where one is set, and rules where it fails. */
  AUTO,
  /** Rules. */
  EXTRACTIVE,
  /** A server alone. */
  SERVER
}
