package io.maie.edge.asr.frames;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/** Tries every alignment there is. */
final class BruteForce {
  private final Posteriors posteriors;
  private final int blank;

  BruteForce(Posteriors posteriors, int blank) {
    this.posteriors = posteriors;
    this.blank = blank;
  }

  static Posteriors randomPosteriors(Random random, int frames, int tokens) {
    float[] logits = new float[frames * tokens];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (2 * random.nextGaussian());
    }
    return Posteriors.ofLogits(logits, frames, tokens);
  }

  /** The log-probability of each token sequence, all alignments added up. */
  Map<List<Integer>, Double> sequences() {
    Map<List<Integer>, Double> sums = new HashMap<>();
    forEachPath((path, score) -> sums.merge(collapse(path), score, PrefixBeam::logAdd));
    return sums;
  }

  /** The log-probability of the best alignment of {@code tokens}. */
  double bestAlignment(List<Integer> tokens) {
    Map<List<Integer>, Double> best = new HashMap<>();
    forEachPath((path, score) -> best.merge(collapse(path), score, Math::max));
    return requireNonNull(best.get(tokens), "no alignment");
  }

  static <K> Map.Entry<K, Double> best(Map<K, Double> scores) {
    return scores.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
  }

  private void forEachPath(BiConsumer<int[], Double> visitor) {
    int[] path = new int[posteriors.frames()];
    do {
      double score = 0;
      for (int frame = 0; frame < path.length; frame++) {
        score += posteriors.at(frame, path[frame]);
      }
      visitor.accept(path, score);
    } while (next(path));
  }

  private boolean next(int[] path) {
    for (int i = 0; i < path.length; i++) {
      if (++path[i] < posteriors.tokens()) {
        return true;
      }
      path[i] = 0;
    }
    return false;
  }

  private List<Integer> collapse(int[] path) {
    List<Integer> tokens = new ArrayList<>();
    for (int i = 0; i < path.length; i++) {
      if (path[i] != blank && (i == 0 || path[i] != path[i - 1])) {
        tokens.add(path[i]);
      }
    }
    return tokens;
  }

  static List<Integer> list(int... tokens) {
    return Arrays.stream(tokens).boxed().toList();
  }
}
