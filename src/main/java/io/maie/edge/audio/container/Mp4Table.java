package io.maie.edge.audio.container;

/**
 * A table of samples in an MP4 file.
 *
 * @param countAt position of its number of entries, which the entries follow
 * @param count the right number of them
 * @param sizeOfAll bytes of each sample, where all have the same; else 0
 */
record Mp4Table(long countAt, long count, long sizeOfAll) {

  /** Position of the first entry. */
  long entries() {
    return countAt + Integer.BYTES;
  }
}
