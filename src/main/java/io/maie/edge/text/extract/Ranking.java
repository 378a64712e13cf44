package io.maie.edge.text.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Ranks sentences by how much of the whole they say.
 *
 * <p>The score is the weighted degree centrality of a sentence in the graph of cosine similarities
 * of tf-idf vectors (Erkan and Radev, "LexRank", 2004), which is its product with the sum of all
 * vectors and so takes linear time; it is corrected for length, position and what the sentence
 * carries. Sentences are then picked by maximal marginal relevance (Carbonell and Goldstein, 1998),
 * with a price on speakers who have had their say.
 */
final class Ranking {
  /** The most sentences that are ranked; nobody reads a longer summary. */
  private static final int MOST = 40;

  private static final double REPETITION_PRICE = 0.5;
  private static final double SPEAKER_PRICE = 0.03;
  private static final int FEWEST_WORDS = 6;
  private static final int BEST_WORDS = 20;
  private static final int MANY_WORDS = 42;

  private final List<Line> lines;
  private final Words words;
  private final List<Map<String, Double>> vectors = new ArrayList<>();
  private final double[] scores;

  /**
   * Ranks {@code lines}.
   *
   * @param weights of what each sentence carries, 1 for an ordinary one
   */
  Ranking(List<Line> lines, Words words, double[] weights) {
    this.lines = lines;
    this.words = words;
    scores = new double[lines.size()];
    Map<String, Double> sum = vectorize();
    double highest = 1e-9;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = dot(vectors.get(i), sum);
      highest = Math.max(highest, scores[i]);
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scores[i] / highest * weights[i] * lengthWeight(i) * positionWeight(i);
    }
  }

  /** The score of each sentence. */
  double[] scores() {
    return scores.clone();
  }

  private Map<String, Double> vectorize() {
    Map<String, Integer> frequencies = new HashMap<>();
    List<Set<String>> terms = new ArrayList<>();
    for (Line line : lines) {
      Set<String> ofLine = new HashSet<>(words.terms(line));
      terms.add(ofLine);
      ofLine.forEach(term -> frequencies.merge(term, 1, Integer::sum));
    }
    Map<String, Double> sum = new HashMap<>();
    for (Set<String> ofLine : terms) {
      Map<String, Double> vector = new HashMap<>();
      double squares = 0;
      for (String term : ofLine) {
        int frequency = frequencies.getOrDefault(term, 1);
        double weight = Math.log(1 + (double) lines.size() / frequency) * (frequency > 1 ? 1 : 0.5);
        vector.put(term, weight);
        squares += weight * weight;
      }
      double length = Math.sqrt(Math.max(squares, 1e-9));
      vector.replaceAll((term, weight) -> weight / length);
      vector.forEach((term, weight) -> sum.merge(term, weight, Double::sum));
      vectors.add(vector);
    }
    return sum;
  }

  private double lengthWeight(int index) {
    int length = lines.get(index).words().size();
    if (length < FEWEST_WORDS) {
      return 0.2;
    }
    if (length > MANY_WORDS) {
      return 0.75;
    }
    return length < BEST_WORDS ? 0.6 + 0.4 * length / BEST_WORDS : 1;
  }

  /** Weight of the position: openings name the subject, closings the outcome. */
  private double positionWeight(int index) {
    double share = (double) index / Math.max(1, lines.size());
    return share < 0.06 ? 1.35 : share < 0.15 ? 1.15 : share > 0.92 ? 1.05 : 1;
  }

  /** Indices, the best first. */
  List<Integer> best() {
    List<Integer> picked = new ArrayList<>();
    double[] repetition = new double[scores.length];
    Map<String, Integer> said = new HashMap<>();
    while (picked.size() < Math.min(MOST, scores.length)) {
      int best = -1;
      double highest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < scores.length; i++) {
        double price =
            REPETITION_PRICE * repetition[i] * scores[i]
                + SPEAKER_PRICE * scores[i] * said.getOrDefault(speaker(i), 0);
        boolean isFree = repetition[i] < 2;
        if (isFree && scores[i] - price > highest) {
          highest = scores[i] - price;
          best = i;
        }
      }
      picked.add(best);
      said.merge(speaker(best), lines.get(best).speaker() == null ? 0 : 1, Integer::sum);
      for (int i = 0; i < scores.length; i++) {
        repetition[i] = Math.max(repetition[i], dot(vectors.get(i), vectors.get(best)));
      }
      repetition[best] = 2;
    }
    return picked;
  }

  private String speaker(int index) {
    return Objects.requireNonNullElse(lines.get(index).speaker(), "");
  }

  private static double dot(Map<String, Double> a, Map<String, Double> b) {
    double sum = 0;
    for (Map.Entry<String, Double> entry : a.entrySet()) {
      sum += entry.getValue() * b.getOrDefault(entry.getKey(), 0.0);
    }
    return sum;
  }
}
