package io.maie.edge.asr.seq2seq;

import java.util.Arrays;

/**
 * Places of the rows in the caches. Most hypotheses go on alone, and stay where they are; only
 * those that go on twice or more are copied, to where one lay that nobody continues. Copying all of
 * them at every step would take longer than all else that is done outside the model.
 */
final class CacheRows {
  private CacheRows() {}

  /** Row by row in order. */
  static int[] inOrder(int rows) {
    int[] places = new int[rows];
    Arrays.setAll(places, row -> row);
    return places;
  }

  /**
   * The places of as many rows as before, which are used once each. Among the rows that continue
   * one, the first takes its place.
   *
   * @param places of the rows before; each chunk's lie together, ascending by chunk
   * @param origins the row before that each row continues; ascending by chunk, of each chunk as
   *     many as before, so that all rows stay among those of their chunk
   */
  static int[] after(int[] places, int[] origins) {
    int[] next = new int[origins.length];
    boolean[] taken = new boolean[places.length];
    for (int row = 0; row < next.length; row++) {
      int place = places[origins[row]];
      next[row] = taken[place] ? -1 : place;
      taken[place] = true;
    }
    int free = 0;
    for (int row = 0; row < next.length; row++) {
      if (next[row] < 0) {
        while (taken[free]) {
          free++;
        }
        next[row] = free++;
      }
    }
    return next;
  }
}
