package io.maie.edge.audio.container;

/**
 * Bytes of a file.
 *
 * @param start position of the first one
 * @param end behind the last one
 */
public record ByteSpan(long start, long end) {

  /** The number of bytes. */
  long bytes() {
    return end - start;
  }
}
