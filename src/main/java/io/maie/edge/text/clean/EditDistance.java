package io.maie.edge.text.clean;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the insertions, deletions and substitutions that turn one sequence into another.
 *
 * <p>Bit-parallel after Myers, "A fast bit-vector algorithm for approximate string matching based
 * on dynamic programming" (1999), in the form for blocks by Hyyrö (2003). Goes through one block of
 * 64 rows after the other and keeps one horizontal difference per column, so that memory is linear.
 */
public final class EditDistance {
  private static final int BLOCK = Long.SIZE;

  private EditDistance() {}

  /** The distance in Unicode code points over the length of the longer text, 0 to 1. */
  public static double rateOfCharacters(String before, String after) {
    return rate(before.codePoints().toArray(), after.codePoints().toArray());
  }

  /** The distance in words over the number of words of the longer text, 0 to 1. */
  public static double rateOfWords(List<String> before, List<String> after) {
    Map<String, Integer> ids = new HashMap<>();
    return rate(numbered(before, ids), numbered(after, ids));
  }

  private static int[] numbered(List<String> words, Map<String, Integer> ids) {
    return words.stream().mapToInt(word -> ids.computeIfAbsent(word, w -> ids.size())).toArray();
  }

  private static double rate(int[] before, int[] after) {
    int longer = Math.max(before.length, after.length);
    return longer == 0 ? 0 : (double) between(before, after) / longer;
  }

  /** The distance of two sequences of symbols. */
  static int between(int[] a, int[] b) {
    int start = Math.max(0, Arrays.mismatch(a, b));
    if (Arrays.equals(a, b)) {
      return 0;
    }
    int endA = a.length;
    int endB = b.length;
    while (endA > start && endB > start && a[endA - 1] == b[endB - 1]) {
      endA--;
      endB--;
    }
    int[] rows = Arrays.copyOfRange(a, start, endA);
    int[] columns = Arrays.copyOfRange(b, start, endB);
    if (rows.length == 0 || columns.length == 0) {
      return Math.max(rows.length, columns.length);
    }
    int symbols = renumber(rows, columns);
    byte[] differences = new byte[columns.length];
    Arrays.fill(differences, (byte) 1);
    long[] matches = new long[symbols];
    for (int block = 0; block < rows.length; block += BLOCK) {
      int height = Math.min(BLOCK, rows.length - block);
      Arrays.fill(matches, 0);
      for (int row = 0; row < height; row++) {
        matches[rows[block + row]] |= 1L << row;
      }
      pass(columns, matches, height, differences);
    }
    int distance = rows.length;
    for (byte difference : differences) {
      distance += difference;
    }
    return distance;
  }

  /** Replaces symbols by numbers from 0, and returns how many there are. */
  private static int renumber(int[] rows, int[] columns) {
    Map<Integer, Integer> ids = new HashMap<>();
    for (int[] sequence : List.of(rows, columns)) {
      for (int i = 0; i < sequence.length; i++) {
        sequence[i] = ids.computeIfAbsent(sequence[i], symbol -> ids.size());
      }
    }
    return ids.size();
  }

  /**
   * Takes the horizontal differences above a block of rows to those of its last row. Free of
   * branches, which would be mispredicted at every other column.
   */
  private static void pass(int[] columns, long[] matches, int height, byte[] differences) {
    int last = height - 1;
    long up = -1;
    long down = 0;
    for (int column = 0; column < columns.length; column++) {
      int above = differences[column];
      int isAdded = (above + 1) >> 1;
      int isRemoved = above >>> 31;
      long match = matches[columns[column]];
      long vertical = match | down;
      match |= isRemoved;
      long horizontal = (((match & up) + up) ^ up) | match;
      long right = down | ~(horizontal | up);
      long left = up & horizontal;
      differences[column] = (byte) (((right >>> last) & 1) - ((left >>> last) & 1));
      right = (right << 1) | isAdded;
      left = (left << 1) | isRemoved;
      up = left | ~(vertical | right);
      down = right & vertical;
    }
  }
}
