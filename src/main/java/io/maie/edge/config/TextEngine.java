package io.maie.edge.config;

/** Engines that sum up transcripts. */
public enum TextEngine {
  /** A server where one is set, else an installed language model; rules where either fails. */
  AUTO,
  /** Rules. */
  EXTRACTIVE,
  /** A server alone. */
  SERVER,
  /** A language model of this machine, and rules where it fails. */
  ONNX
}
