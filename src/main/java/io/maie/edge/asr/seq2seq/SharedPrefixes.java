package io.maie.edge.asr.seq2seq;

/**
 * Counts the leading positions that two rows of a cache have in common because one is a copy of the
 * other. Hypotheses of one search differ in their last few tokens, and only these are copied when
 * one hypothesis takes another's place.
 */
final class SharedPrefixes {
  /** Shape (places, places); symmetric. */
  private int[][] positions;

  /** Rows that have nothing in common. */
  SharedPrefixes(int rows) {
    positions = new int[rows][rows];
  }

  /** Positions that two places have in common. */
  int of(int place, int other) {
    return positions[place][other];
  }

  /** {@code to} was made equal to {@code from}, which has {@code length} positions. */
  void copied(int from, int to, int length) {
    for (int other = 0; other < positions.length; other++) {
      positions[to][other] = positions[from][other];
      positions[other][to] = positions[from][other];
    }
    positions[from][to] = length;
    positions[to][from] = length;
  }

  /**
   * All rows were copied somewhere else.
   *
   * @param sources the earlier index of each row
   */
  void gathered(int[] sources, int length) {
    int[][] gathered = new int[sources.length][sources.length];
    for (int row = 0; row < sources.length; row++) {
      for (int other = 0; other < sources.length; other++) {
        gathered[row][other] =
            sources[row] == sources[other] ? length : positions[sources[row]][sources[other]];
      }
    }
    positions = gathered;
  }
}
