package io.maie.edge.text.evaluation;

import java.util.List;

/**
 * ROUGE-L at the level of sentences: the longest common subsequence of two texts, each taken as one
 * sequence of words. Recall is its share of the reference, precision its share of the candidate;
 * the score is their harmonic mean, which is the F of the paper with a beta of 1. No stemming.
 *
 * <p>Source: C.-Y. Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", Text
 * Summarization Branches Out, ACL 2004, section 3.1. Of several references the best counts, as in
 * its section 2.1.
 */
final class RougeL {
  private RougeL() {}

  /** 0 to 1; 0 if either is empty. */
  static double f1(List<String> candidate, List<String> reference) {
    int common = commonSubsequence(candidate, reference);
    if (common == 0) {
      return 0;
    }
    double recall = (double) common / reference.size();
    double precision = (double) common / candidate.size();
    return 2 * recall * precision / (recall + precision);
  }

  /** The best F1 that {@code sentences} reach against any of {@code references}. */
  static double bestF1(List<String> sentences, List<Reference> references) {
    List<String> candidate = Words.of(String.join(" ", sentences));
    return references.stream()
        .mapToDouble(reference -> f1(candidate, Words.of(String.join(" ", reference.summary()))))
        .max()
        .orElse(0);
  }

  private static int commonSubsequence(List<String> a, List<String> b) {
    int[] previous = new int[b.size() + 1];
    for (String word : a) {
      int[] current = new int[b.size() + 1];
      for (int j = 1; j < current.length; j++) {
        current[j] =
            word.equals(b.get(j - 1)) ? previous[j - 1] + 1 : Math.max(previous[j], current[j - 1]);
      }
      previous = current;
    }
    return previous[b.size()];
  }
}
