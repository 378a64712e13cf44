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

  /** The word in results. */
  String label() {
    return this == QUANTIZED ? "int8" : name().toLowerCase(Locale.ROOT);
  }
}
