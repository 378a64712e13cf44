package io.maie.edge.cli;

/** Numbers that the decoder of a model is to compute with. */
public enum DecoderPrecision {
  /** 8 bits in blocks if this machine is fast with them and the words stay the same. */
  AUTO,

  /** 32-bit floats. */
  FP32,

  /** Weights of 8 bits, block by block, made of 32-bit floats. */
  Q8,

  /** 8 bits as published. */
  INT8
}
