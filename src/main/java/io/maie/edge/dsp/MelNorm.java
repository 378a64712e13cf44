package io.maie.edge.dsp;

/** Scale of the triangles of a mel filter bank. */
public enum MelNorm {
  /** Peak of one. */
  NONE,
  /** Area of one in hertz. */
  SLANEY
}
