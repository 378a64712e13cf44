package io.maie.edge.dsp;

/** Places of frames in a signal, and what they see beyond its ends. */
public enum FramePadding {
  /** Frames lie within the signal; what does not fill a frame at the end is dropped. */
  NONE,
  /** Frame t is centred on sample t * hop; beyond the ends are zeros. */
  ZEROS,
  /** Frame t is centred on sample t * hop; beyond the ends the signal is mirrored. */
  REFLECT
}
