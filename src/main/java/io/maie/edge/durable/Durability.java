package io.maie.edge.durable;

/** When the content of a recording that is taken in reaches the disk. */
public enum Durability {
  /** Before the recording leaves the inbox: a sender may delete its own file from then on. */
  FULL,
  /**
   * When the operating system flushes it, within half a minute on most: a power cut may lose it.
   */
  FAST
}
