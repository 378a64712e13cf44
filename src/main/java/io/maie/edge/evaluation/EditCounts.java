package io.maie.edge.evaluation;

import java.util.List;

/**
 * The edits that turn a reference into a hypothesis, the fewest there are.
 *
 * @param length of the reference, in words or characters
 */
public record EditCounts(long substitutions, long deletions, long insertions, long length) {

  /** Nothing compared yet. */
  public static final EditCounts NONE = new EditCounts(0, 0, 0, 0);

  /**
   * Compares by the algorithm of Wagner and Fischer. Among equally short ways it takes, from the
   * end, a substitution before a deletion before an insertion. Memory grows with the hypothesis
   * alone.
   */
  public static EditCounts between(List<String> reference, List<String> hypothesis) {
    EditCounts[] row = new EditCounts[hypothesis.size() + 1];
    row[0] = NONE;
    for (int j = 1; j < row.length; j++) {
      row[j] = row[j - 1].with(0, 0, 1, 0);
    }
    for (String expected : reference) {
      EditCounts diagonal = row[0];
      row[0] = diagonal.with(0, 1, 0, 1);
      for (int j = 1; j < row.length; j++) {
        EditCounts above = row[j];
        row[j] = best(expected.equals(hypothesis.get(j - 1)), diagonal, above, row[j - 1]);
        diagonal = above;
      }
    }
    return row[hypothesis.size()];
  }

  private static EditCounts best(
      boolean equal, EditCounts diagonal, EditCounts above, EditCounts left) {
    long substituted = diagonal.errors() + (equal ? 0 : 1);
    long deleted = above.errors() + 1;
    long inserted = left.errors() + 1;
    if (substituted <= deleted && substituted <= inserted) {
      return diagonal.with(equal ? 0 : 1, 0, 0, 1);
    }
    return deleted <= inserted ? above.with(0, 1, 0, 1) : left.with(0, 0, 1, 0);
  }

  private EditCounts with(int substituted, int deleted, int inserted, int heard) {
    return new EditCounts(
        substitutions + substituted, deletions + deleted, insertions + inserted, length + heard);
  }

  /** These and {@code other} together. */
  public EditCounts plus(EditCounts other) {
    return new EditCounts(
        substitutions + other.substitutions,
        deletions + other.deletions,
        insertions + other.insertions,
        length + other.length);
  }

  public long errors() {
    return substitutions + deletions + insertions;
  }

  /** Errors by length of the reference; may exceed 1, and is 0 for an empty reference. */
  public double rate() {
    return length == 0 ? 0 : (double) errors() / length;
  }
}
