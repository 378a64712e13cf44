package io.maie.edge.config;

/** Engines that correct clean transcripts after the rules made them. */
public enum CleaningEngine {
  /** A server where one is set. */
  AUTO,
  /** None: rules alone. */
  RULES,
  /** A server. */
  SERVER,
  /** A language model of this machine. */
  ONNX
}
