package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AverageLinkageTest {
  private final PlantedVoices voices = new PlantedVoices(5);

  @Test
  void cutsAreThoseOfTheDefinition() {
    float[][] vectors = new float[90][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = voices.voice(i * 7 % 5, 0.9);
    }
    AverageLinkage tree = AverageLinkage.ofCosines(vectors);

    for (double distance : new double[] {0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.9, 1.2}) {
      assertThat(tree.cut(distance))
          .as("at %s", distance)
          .isEqualTo(byDefinition(vectors, distance));
    }
  }

  @Test
  void oneItemMakesOneClusterAndNoItemMakesNone() {
    assertThat(AverageLinkage.ofCosines(new float[][] {{1, 0}}).cut(0.5)).containsExactly(0);
    assertThat(AverageLinkage.ofCosines(new float[0][]).cut(0.5)).isEmpty();
  }

  @Test
  void equalItemsJoinAtAnyDistance() {
    float[][] vectors = new float[40][];
    Arrays.fill(vectors, new float[] {1, 0});

    assertThat(AverageLinkage.ofCosines(vectors).cut(0)).containsOnly(0);
  }

  /** Joins the two clusters of least mean distance, again and again. */
  private static int[] byDefinition(float[][] vectors, double limit) {
    List<List<Integer>> clusters = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      clusters.add(new ArrayList<>(List.of(i)));
    }
    while (clusters.size() > 1) {
      double least = Double.POSITIVE_INFINITY;
      int[] pair = new int[2];
      for (int i = 0; i < clusters.size(); i++) {
        for (int j = i + 1; j < clusters.size(); j++) {
          double distance = distance(vectors, clusters.get(i), clusters.get(j));
          if (distance < least) {
            least = distance;
            pair = new int[] {i, j};
          }
        }
      }
      if (least > limit) {
        break;
      }
      clusters.get(pair[0]).addAll(clusters.remove(pair[1]));
    }
    int[] labels = new int[vectors.length];
    for (int i = 0; i < clusters.size(); i++) {
      for (int item : clusters.get(i)) {
        labels[item] = i;
      }
    }
    return labels;
  }

  private static double distance(float[][] vectors, List<Integer> a, List<Integer> b) {
    double sum = 0;
    for (int i : a) {
      for (int j : b) {
        sum += 1 - Vectors.dot(vectors[i], vectors[j]);
      }
    }
    return sum / a.size() / b.size();
  }
}
