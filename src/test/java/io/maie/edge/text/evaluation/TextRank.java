package io.maie.edge.text.evaluation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ranks sentences by a random walk over a graph of their similarities.
 *
 * <p>Source: R. Mihalcea and P. Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004: the
 * similarity of its section 4, the weighted scores of its section 2.2, damping 0.85, until no score
 * moves by 0.0001. Words are not filtered.
 */
final class TextRank {
  private static final double DAMPING = 0.85;
  private static final double CONVERGENCE = 0.0001;
  private static final int MAX_ROUNDS = 200;

  private TextRank() {}

  /** A score for each of {@code sentences}, which are lists of words. */
  static double[] scores(List<List<String>> sentences) {
    double[][] weights = weights(sentences);
    double[] degrees =
        Arrays.stream(weights).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
    double[] scores = new double[sentences.size()];
    Arrays.fill(scores, 1);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      double[] next = new double[scores.length];
      double moved = 0;
      for (int i = 0; i < next.length; i++) {
        next[i] = 1 - DAMPING + DAMPING * received(weights[i], degrees, scores);
        moved = Math.max(moved, Math.abs(next[i] - scores[i]));
      }
      scores = next;
      if (moved < CONVERGENCE) {
        break;
      }
    }
    return scores;
  }

  private static double received(double[] weights, double[] degrees, double[] scores) {
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      if (weights[j] > 0) {
        sum += weights[j] / degrees[j] * scores[j];
      }
    }
    return sum;
  }

  private static double[][] weights(List<List<String>> sentences) {
    double[][] weights = new double[sentences.size()][sentences.size()];
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < i; j++) {
        weights[i][j] = similarity(sentences.get(i), sentences.get(j));
        weights[j][i] = weights[i][j];
      }
    }
    return weights;
  }

  /** Words in common over the sum of the logarithms of the lengths; 0 for two single words. */
  private static double similarity(List<String> a, List<String> b) {
    Set<String> common = new HashSet<>(a);
    common.retainAll(new HashSet<>(b));
    double lengths = Math.log(a.size()) + Math.log(b.size());
    return common.isEmpty() || lengths <= 0 ? 0 : common.size() / lengths;
  }
}
