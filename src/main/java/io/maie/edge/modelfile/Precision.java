package io.maie.edge.modelfile;

import java.util.Locale;

/** Numbers that a graph computes with, told by the end of its file name. */
enum Precision {
  /** The decoder's weights in 8 bits block by block, made here; the encoder of 32-bit floats. */
  Q8("_q8"),
  INT8("_int8"),
  QUANTIZED("_quantized"),
  UINT8("_uint8"),
  FP32(""),
  Q4("_q4"),
  BNB4("_bnb4"),
  Q4F16("_q4f16"),
  FP16("_fp16");

  /** Bytes of memory for what a graph keeps while it works, for each of its own. */
  private static final double WORK = 1.3;

  /** The program and its buffers, in bytes. */
  private static final long PROGRAM = 250_000_000;

  private final String suffix;

  Precision(String suffix) {
    this.suffix = suffix;
  }

  /** Text between the name of a graph and {@code .onnx}. */
  String suffix() {
    return suffix;
  }

  /**
   * Returns whether an operator means this by {@code name}: its label, or what its files end with.
   */
  boolean isNamed(String name) {
    return name.equals(name().toLowerCase(Locale.ROOT)) || ("_" + name).equals(suffix);
  }

  /** The words that a Whisper model loses by it, measured in English; a clause for people. */
  String price() {
    return switch (this) {
      case Q8 -> "0.1 more of 100 words wrong than with 32-bit floats";
      case FP32 -> "no words lost";
      case INT8, QUANTIZED, UINT8 -> "2 to 6 more of 100 words wrong than with 32-bit floats";
      default -> "words lost not measured";
    };
  }

  /**
   * The most memory that a program needs while a Whisper model works on the processor, in bytes.
   *
   * @param graphs size of its files; 16-bit floats are widened when they are opened
   */
  long memory(long graphs) {
    long opened = this == FP16 ? 2 * graphs : graphs;
    return Math.round(WORK * opened) + PROGRAM;
  }

  /** The word in results. */
  String label() {
    return this == QUANTIZED ? "int8" : name().toLowerCase(Locale.ROOT);
  }
}
