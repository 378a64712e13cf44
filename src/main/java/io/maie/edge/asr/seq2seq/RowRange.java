package io.maie.edge.asr.seq2seq;

/**
 * Rows that lie together.
 *
 * @param first 0 or more
 * @param count 1 or more
 */
public record RowRange(int first, int count) {

  /** The first ones. */
  public static RowRange of(int count) {
    return new RowRange(0, count);
  }
}
