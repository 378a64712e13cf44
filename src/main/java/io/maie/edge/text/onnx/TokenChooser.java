package io.maie.edge.text.onnx;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Chooses tokens one after the other. Draws by a seed that is always the same, so that the same
 * scores give the same tokens.
 *
 * <p>Source: the logits processors of Hugging Face's transformers 5.24, in their order: penalty of
 * repetitions, temperature, top-k, top-p.
 */
final class TokenChooser {
  private static final long SEED = 20261128;

  private final Sampling sampling;
  private final BitSet seen = new BitSet();
  private final SplittableRandom random = new SplittableRandom(SEED);

  TokenChooser(Sampling sampling) {
    this.sampling = sampling;
  }

  /** Notes a token that was read or written. */
  void note(long token) {
    seen.set((int) token);
  }

  /**
   * The next token.
   *
   * @param scores by token; changed
   * @param allowedOrNull tokens that may be chosen, one or more; null = all
   */
  int choose(float[] scores, @Nullable BitSet allowedOrNull) {
    penalize(scores);
    if (allowedOrNull != null) {
      for (int i = allowedOrNull.nextClearBit(0);
          i < scores.length;
          i = allowedOrNull.nextClearBit(i + 1)) {
        scores[i] = Float.NEGATIVE_INFINITY;
      }
    }
    return sampling.isGreedy() ? best(scores) : drawn(scores);
  }

  private void penalize(float[] scores) {
    float penalty = (float) sampling.repetitionPenalty();
    if (penalty == 1) {
      return;
    }
    for (int i = seen.nextSetBit(0); i >= 0 && i < scores.length; i = seen.nextSetBit(i + 1)) {
      scores[i] = scores[i] < 0 ? scores[i] * penalty : scores[i] / penalty;
    }
  }

  private static int best(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }

  private int drawn(float[] scores) {
    int[] candidates = candidates(scores);
    double[] weights = new double[candidates.length];
    double highest = scores[candidates[0]];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp((scores[candidates[i]] - highest) / sampling.temperature());
      total += weights[i];
    }
    int kept = kept(weights, total);
    double drawn = random.nextDouble() * Arrays.stream(weights, 0, kept).sum();
    for (int i = 0; i < kept; i++) {
      drawn -= weights[i];
      if (drawn < 0) {
        return candidates[i];
      }
    }
    return candidates[0];
  }

  /** Counts the most probable candidates that together have the share {@code topP}. */
  private int kept(double[] weights, double total) {
    double share = 0;
    for (int i = 0; i < weights.length; i++) {
      share += weights[i] / total;
      if (share >= sampling.topP()) {
        return i + 1;
      }
    }
    return weights.length;
  }

  /** The tokens that are drawn from but for their share, the most probable first. */
  private int[] candidates(float[] scores) {
    int most = sampling.topK() == 0 ? scores.length : Math.min(sampling.topK(), scores.length);
    // of equal scores, the token of the lower id comes first
    Comparator<Integer> worstFirst =
        Comparator.<Integer>comparingDouble(token -> scores[token])
            .thenComparing(Comparator.<Integer>reverseOrder());
    PriorityQueue<Integer> best = new PriorityQueue<>(most + 1, worstFirst);
    for (int token = 0; token < scores.length; token++) {
      boolean isIn = best.size() < most || scores[token] > scores[best.element()];
      if (isIn && (scores[token] > Float.NEGATIVE_INFINITY || best.isEmpty())) {
        best.add(token);
        if (best.size() > most) {
          best.remove();
        }
      }
    }
    return best.stream().sorted(worstFirst.reversed()).mapToInt(Integer::intValue).toArray();
  }
}
