package io.maie.edge.diarization.pieces;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Hierarchical clustering in which the distance of two clusters is the mean distance of their
 * members (UPGMA). Built once in O(n^2) as a nearest-neighbour chain with the Lance-Williams rule
 * (F. Murtagh, A survey of recent advances in hierarchical clustering algorithms, The Computer
 * Journal 26, 1983); gives the merges of scipy's {@code linkage(method="average")}.
 */
final class AverageLinkage {
  private final int items;

  /** Ascending by height. */
  private final List<Merge> merges;

  /** Two clusters, each named by one of its items, that join at a height. */
  private record Merge(int first, int second, double height) {}

  private AverageLinkage(int items, List<Merge> merges) {
    this.items = items;
    this.merges = merges;
  }

  /**
   * Clusters by cosine distance, 1 - cosine.
   *
   * @param vectors shape (items, dimensions), each of length 1
   */
  static AverageLinkage ofCosines(float[][] vectors) {
    return new Builder(vectors).build();
  }

  /**
   * The clusters at which no two are closer than {@code distance}.
   *
   * @return the number of the cluster of each item; clusters are numbered by their first item
   */
  int[] cut(double distance) {
    int[] parent = new int[items];
    Arrays.setAll(parent, i -> i);
    for (Merge merge : merges) {
      if (merge.height() <= distance) {
        parent[root(parent, merge.second())] = root(parent, merge.first());
      }
    }
    int[] numbers = new int[items];
    Arrays.fill(numbers, -1);
    int[] labels = new int[items];
    int clusters = 0;
    for (int i = 0; i < items; i++) {
      int root = root(parent, i);
      if (numbers[root] < 0) {
        numbers[root] = clusters++;
      }
      labels[i] = numbers[root];
    }
    return labels;
  }

  private static int root(int[] parent, int item) {
    int root = item;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  /** The state of the chain. */
  private static final class Builder {
    private final int items;

    /** Distances of live clusters, upper triangle row by row. */
    private final float[] distances;

    private final int[] sizes;
    private final int[] chain;
    private int chainLength;
    private final List<Merge> merges = new ArrayList<>();

    Builder(float[][] vectors) {
      items = vectors.length;
      distances = new float[Math.toIntExact((long) items * (items - 1) / 2)];
      sizes = new int[items];
      Arrays.fill(sizes, 1);
      chain = new int[items];
      int at = 0;
      for (int i = 0; i < items; i++) {
        for (int j = i + 1; j < items; j++) {
          distances[at++] = (float) (1 - Vectors.dot(vectors[i], vectors[j]));
        }
      }
    }

    AverageLinkage build() {
      for (int merge = 1; merge < items; merge++) {
        if (chainLength == 0) {
          chain[chainLength++] = firstLive();
        }
        mergeNextPair();
      }
      // the chain finds merges out of order; heights never fall along the tree
      merges.sort(Comparator.comparingDouble(Merge::height));
      return new AverageLinkage(items, merges);
    }

    private int firstLive() {
      int item = 0;
      while (sizes[item] == 0) {
        item++;
      }
      return item;
    }

    /** Follows nearest neighbours until two clusters are nearest to each other. */
    private void mergeNextPair() {
      while (true) {
        int tip = chain[chainLength - 1];
        int before = chainLength > 1 ? chain[chainLength - 2] : -1;
        int nearest = nearest(tip, before);
        if (nearest == before) {
          chainLength -= 2;
          merge(Math.min(tip, before), Math.max(tip, before));
          return;
        }
        chain[chainLength++] = nearest;
      }
    }

    /** The live cluster nearest to {@code tip}; of equals {@code before}, so that chains end. */
    private int nearest(int tip, int before) {
      int nearest = before;
      float least = before < 0 ? Float.POSITIVE_INFINITY : distances[index(tip, before)];
      for (int i = 0; i < items; i++) {
        if (sizes[i] > 0 && i != tip && distances[index(tip, i)] < least) {
          nearest = i;
          least = distances[index(tip, i)];
        }
      }
      return nearest;
    }

    /** The merged cluster takes the place of {@code second}. */
    private void merge(int first, int second) {
      merges.add(new Merge(first, second, distances[index(first, second)]));
      double share = (double) sizes[first] / (sizes[first] + sizes[second]);
      for (int i = 0; i < items; i++) {
        if (sizes[i] > 0 && i != first && i != second) {
          int to = index(i, second);
          distances[to] =
              (float) (share * distances[index(i, first)] + (1 - share) * distances[to]);
        }
      }
      sizes[second] += sizes[first];
      sizes[first] = 0;
    }

    private int index(int a, int b) {
      int low = Math.min(a, b);
      int high = Math.max(a, b);
      return low * (2 * items - low - 1) / 2 + high - low - 1;
    }
  }
}
