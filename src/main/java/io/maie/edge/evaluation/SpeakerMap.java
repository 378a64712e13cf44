package io.maie.edge.evaluation;

import java.util.Arrays;

/** The one-to-one assignment of greatest value, by the Hungarian method in O(n^3). */
final class SpeakerMap {
  private final long[][] values;
  private final int size;
  private final long[] u;
  private final long[] v;
  private final int[] rowOf;
  private final int[] way;

  /** Per column, while a row is assigned: the least cost found, and whether it is on the way. */
  private final long[] least;

  private final boolean[] used;

  private SpeakerMap(long[][] values) {
    this.values = values;
    size = Math.max(values.length, values[0].length);
    u = new long[size + 1];
    v = new long[size + 1];
    rowOf = new int[size + 1];
    way = new int[size + 1];
    least = new long[size + 1];
    used = new boolean[size + 1];
  }

  /**
   * The row of each column; -1 where none is left.
   *
   * @param values by row and column, at least one of each
   */
  static int[] best(long[][] values) {
    SpeakerMap map = new SpeakerMap(values);
    for (int row = 1; row <= map.size; row++) {
      map.assign(row);
    }
    int[] best = new int[values[0].length];
    for (int c = 0; c < best.length; c++) {
      int row = map.rowOf[c + 1] - 1;
      best[c] = row < values.length ? row : -1;
    }
    return best;
  }

  /** Finds the cheapest way to give {@code row} a column, and moves others along it. */
  private void assign(int row) {
    rowOf[0] = row;
    int column = 0;
    Arrays.fill(least, Long.MAX_VALUE);
    Arrays.fill(used, false);
    do {
      used[column] = true;
      column = nearest(column);
    } while (rowOf[column] != 0);
    while (column != 0) {
      rowOf[column] = rowOf[way[column]];
      column = way[column];
    }
  }

  private int nearest(int column) {
    int next = 0;
    long delta = Long.MAX_VALUE;
    for (int c = 1; c <= size; c++) {
      if (!used[c]) {
        long reduced = -value(rowOf[column] - 1, c - 1) - u[rowOf[column]] - v[c];
        if (reduced < least[c]) {
          least[c] = reduced;
          way[c] = column;
        }
        if (least[c] < delta) {
          delta = least[c];
          next = c;
        }
      }
    }
    for (int c = 0; c <= size; c++) {
      if (used[c]) {
        u[rowOf[c]] += delta;
        v[c] -= delta;
      } else {
        least[c] -= delta;
      }
    }
    return next;
  }

  private long value(int row, int column) {
    return row < values.length && column < values[0].length ? values[row][column] : 0;
  }
}
