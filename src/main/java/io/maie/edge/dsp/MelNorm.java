package io.maie.edge.dsp;

/** How the triangles of a mel filter bank are scaled. */
public enum MelNorm {
  /** Peak of one. */
  NONE,
  /** Area of one in hertz. */
  SLANEY
}
