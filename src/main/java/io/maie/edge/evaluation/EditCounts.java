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
      row[j] = row[j - 1].inserted();
    }
    for (String expected : reference) {
      EditCounts diagonal = row[0];
      row[0] = diagonal.deleted();
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
    long substitution = diagonal.errors() + (equal ? 0 : 1);
    long deletion = above.errors() + 1;
    long insertion = left.errors() + 1;
    if (substitution <= deletion && substitution <= insertion) {
      return equal ? diagonal.matched() : diagonal.substituted();
    }
    return deletion <= insertion ? above.deleted() : left.inserted();
  }

  /** These and a further word that is right. */
  private EditCounts matched() {
    return new EditCounts(substitutions, deletions, insertions, length + 1);
  }

  private EditCounts substituted() {
    return new EditCounts(substitutions + 1, deletions, insertions, length + 1);
  }

  private EditCounts deleted() {
    return new EditCounts(substitutions, deletions + 1, insertions, length + 1);
  }

  private EditCounts inserted() {
    return new EditCounts(substitutions, deletions, insertions + 1, length);
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
