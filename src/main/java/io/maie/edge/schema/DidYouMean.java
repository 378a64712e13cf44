package io.maie.edge.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that a misspelt one probably stands for. */
public final class DidYouMean {
  /** Beyond this many letters nobody reads a suggestion; also bounds the work on hostile input. */
  private static final int LONGEST_WORD = 80;

  private DidYouMean() {}

  /** The candidate nearest to {@code word}, if it is near enough to be worth mentioning. */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    String bare = bare(word);
    int tolerance = Math.max(1, bare.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(bare, bare(candidate)) <= tolerance)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(bare, bare(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code ; did you mean 'x'?}, or nothing. */
  public static String suggestion(String word, Collection<String> candidates) {
    return nearest(word, candidates).map(near -> "; did you mean '" + near + "'?").orElse("");
  }

  /** Case and the choice of separator do not count as misspelling. */
  private static String bare(String word) {
    StringBuilder letters = new StringBuilder();
    word.chars()
        .filter(c -> c != '_' && c != '-' && c != ' ')
        .map(Character::toLowerCase)
        .forEach(c -> letters.append((char) c));
    return letters.toString();
  }

  /*
   * Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost
   * one each. Three rows of the table are kept; O(|a| |b|) time.
   */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitution, 1 + Math.min(row[j - 1], last[j]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
