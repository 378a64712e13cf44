package io.maie.edge.diarization.pieces;

import io.maie.edge.diarization.SpeakerCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the speakers among the pieces: average linkage on cosines within blocks of pieces, then
 * centroids that are joined, and rules for what is too little to be a speaker.
 */
final class SpeakerFinder {
  /** Pieces in one tree, at most: 25 minutes of speech, 8 MB of distances. */
  static final int BLOCK = 2_000;

  /** Share of all speech that a cluster needs to be a speaker, within the two bounds below. */
  private static final double SHARE = 0.10;

  private static final double LEAST_SECONDS = 1.5;
  private static final double ENOUGH_SECONDS = 3.0;

  /** In long recordings this share of all speech is needed at least. */
  private static final double LONG_SHARE = 0.001;

  /**
   * Seconds that are enough for a cluster unlike all others: a share of all speech, within the two
   * bounds; half the long share at least.
   */
  private static final double STRANGER_SHARE = 0.01;

  private static final double LEAST_STRANGER_SECONDS = 0.7;
  private static final double ENOUGH_STRANGER_SECONDS = 2.0;

  /**
   * The share of its speech that a speaker has in stretches that are mostly his. Pieces on a change
   * of speaker that nobody noticed, and an odd sound of a known voice, lie among the pieces of
   * others: a share up to 0.24 was seen, and from 0.69 for people. In long recordings such pieces
   * come back and make clusters of any size.
   */
  private static final double LEADING = 0.4;

  /** Clusters with a greater share of all speech are people in any case. */
  private static final double FEW = 0.05;

  /** With too few speakers the trees are cut lower by this, up to the last cosine. */
  private static final double TIGHTER = 0.02;

  private static final double TIGHTEST = 0.95;

  /** Centroids join at a cosine so much above the one at which the trees are cut, at least. */
  private static final double MARGIN = 0.1;

  private final float[][] embeddings;
  private final double[] seconds;
  private final double[] ownSeconds;
  private final int[] stretches;
  private final EmbeddingOptions options;
  private final int[] good;
  private final List<Block> blocks;

  /** Some pieces and their tree. */
  // the array lives within one run
  @SuppressWarnings("ArrayRecordComponent")
  private record Block(int[] pieces, AverageLinkage tree) {}

  SpeakerFinder(List<Piece> pieces, float[][] embeddings, EmbeddingOptions options) {
    this.embeddings = embeddings;
    this.options = options;
    seconds = pieces.stream().mapToDouble(Piece::seconds).toArray();
    ownSeconds = Piece.ownSeconds(pieces);
    stretches = Piece.stretches(pieces);
    good = Piece.good(pieces);
    blocks = blocks(good, embeddings);
  }

  private static List<Block> blocks(int[] good, float[][] embeddings) {
    int count = Math.max(1, (good.length + BLOCK - 1) / BLOCK);
    List<Block> blocks = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < count; i++) {
      int size = good.length / count + (i < good.length % count ? 1 : 0);
      int[] pieces = IntStream.range(from, from + size).map(at -> good[at]).toArray();
      float[][] voices =
          IntStream.of(pieces).mapToObj(at -> embeddings[at]).toArray(float[][]::new);
      blocks.add(new Block(pieces, AverageLinkage.ofCosines(voices)));
      from += size;
    }
    return blocks;
  }

  /** One centroid per speaker; at least one, since there is at least one piece. */
  List<Centroid> find(SpeakerCount count) {
    List<Centroid> found = at(options.sameCluster(), options.sameSpeaker());
    double cosine = options.sameCluster();
    int wanted = Math.min(count.min(), good.length);
    while (found.size() < wanted && cosine < TIGHTEST) {
      cosine += TIGHTER;
      List<Centroid> more = at(cosine, Math.max(options.sameSpeaker(), cosine + MARGIN));
      found = more.size() > found.size() ? more : found;
    }
    return Centroid.joinClosest(found, Double.NEGATIVE_INFINITY, count.max());
  }

  /**
   * The speakers when clusters join down to {@code cosine}, and centroids down to {@code merge}.
   */
  private List<Centroid> at(double cosine, double merge) {
    List<Centroid> clusters = new ArrayList<>();
    for (Block block : blocks) {
      clusters.addAll(clusters(block, cosine));
    }
    if (blocks.size() > 1) {
      clusters = Centroid.joinClosest(clusters, merge, 1);
    }
    clusters.sort(Comparator.comparingDouble(Centroid::seconds).reversed());
    return people(Centroid.joinClosest(kept(clusters), merge, 1));
  }

  /** Without small clusters that speak among the pieces of others only. */
  private static List<Centroid> people(List<Centroid> clusters) {
    double few = FEW * clusters.stream().mapToDouble(Centroid::seconds).sum();
    return clusters.stream()
        .filter(each -> each.seconds() > few || each.leading() >= LEADING * each.seconds())
        .toList();
  }

  private List<Centroid> clusters(Block block, double cosine) {
    int[] labels = block.tree().cut(1 - cosine);
    int clusters = count(labels);
    double[][] sums = new double[clusters][embeddings[0].length];
    double[] speech = new double[clusters];
    for (int i = 0; i < labels.length; i++) {
      int piece = block.pieces()[i];
      Vectors.addScaled(sums[labels[i]], embeddings[piece], seconds[piece]);
      speech[labels[i]] += ownSeconds[piece];
    }
    double[] leading = leading(block, labels);
    return IntStream.range(0, clusters)
        .mapToObj(i -> new Centroid(Vectors.unit(sums[i]), speech[i], leading[i]))
        .toList();
  }

  private static int count(int[] labels) {
    return IntStream.of(labels).max().orElse(-1) + 1;
  }

  /** The seconds of each cluster in stretches in which it has more than any other. */
  private double[] leading(Block block, int[] labels) {
    int clusters = count(labels);
    double[] leading = new double[clusters];
    int from = 0;
    while (from < labels.length) {
      double[] shares = new double[clusters];
      int stretch = stretches[block.pieces()[from]];
      int to = from;
      while (to < labels.length && stretches[block.pieces()[to]] == stretch) {
        shares[labels[to]] += ownSeconds[block.pieces()[to]];
        to++;
      }
      int most = IntStream.range(0, clusters).reduce(0, (a, b) -> shares[b] > shares[a] ? b : a);
      leading[most] += shares[most];
      from = to;
    }
    return leading;
  }

  /** A small cluster is a leftover of a known voice, unless it is unlike all of them. */
  private List<Centroid> kept(List<Centroid> clusters) {
    double speech = clusters.stream().mapToDouble(Centroid::seconds).sum();
    double need =
        Math.max(
            Math.min(ENOUGH_SECONDS, Math.max(LEAST_SECONDS, SHARE * speech)), LONG_SHARE * speech);
    double small =
        Math.max(
            Math.min(
                ENOUGH_STRANGER_SECONDS, Math.max(LEAST_STRANGER_SECONDS, STRANGER_SHARE * speech)),
            LONG_SHARE / 2 * speech);
    List<Centroid> kept = new ArrayList<>();
    for (Centroid cluster : clusters) {
      boolean isStranger =
          cluster.seconds() >= small
              && kept.stream().allMatch(other -> cluster.cosine(other) < options.stranger());
      if (kept.isEmpty() || cluster.seconds() >= need || isStranger) {
        kept.add(cluster);
      }
    }
    return kept;
  }
}
