package io.maie.edge.durable;

/** Points at which the content of an accepted recording reaches the disk. */
public enum Durability {
  /** Before the recording leaves the inbox: a sender may delete its own file from then on. */
  FULL,
  /**
   * The operating system flushes it, within half a minute on most systems: a power cut may lose it.
   */
  FAST
}
