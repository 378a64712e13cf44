package io.maie.edge.asr.whisper;

/**
 * Rows that lie together.
 *
 * @param first 0 or more
 * @param count 1 or more
 */
record RowRange(int first, int count) {

  /** The first ones. */
  static RowRange of(int count) {
    return new RowRange(0, count);
  }
}
