package io.maie.edge.diarization.pieces;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The classes of a powerset segmentation model (A. Plaquet and H. Bredin, Powerset multi-class
 * cross entropy loss for neural speaker diarization, Interspeech 2023): nobody, then every speaker
 * alone, then every two at once, and so on. Three speakers of whom two talk at once have the
 * classes nobody, A, B, C, A and B, A and C, B and C. A set of local speakers is a mask of bits,
 * the lowest of which is A.
 */
final class Powerset {
  /** Classes of pyannote's published models. */
  static final Powerset THREE = new Powerset(3, 2);

  /** Speakers that a window tells apart, at most: a mask has no more bits to spare. */
  static final int MOST_SPEAKERS = 7;

  /**
   * Added to the log-probabilities. The published model misses more speech than it invents; this
   * makes the two errors nearly equal.
   */
  private static final float NOBODY_BIAS = -1;

  private static final float TOGETHER_BIAS = 0.5f;

  private final byte[] masks;
  private final float[] bias;

  /**
   * A powerset.
   *
   * @param speakers that a window tells apart, 1 to {@value #MOST_SPEAKERS}
   * @param together so many of them talk at once at most, 1 to {@code speakers}
   */
  Powerset(int speakers, int together) {
    if (speakers < 1 || speakers > MOST_SPEAKERS || together < 1 || together > speakers) {
      throw new IllegalArgumentException(
          "expected 1 to 7 speakers, and 1 to all of them at once, found %d and %d"
              .formatted(speakers, together));
    }
    List<Integer> sets = new ArrayList<>();
    for (int mask = 0; mask < 1 << speakers; mask++) {
      if (Integer.bitCount(mask) <= together) {
        sets.add(mask);
      }
    }
    // sets of one size are in the order of their members: A and D before B and C
    sets.sort(
        Comparator.<Integer>comparingInt(Integer::bitCount)
            .thenComparing(
                (a, b) -> Integer.compareUnsigned(Integer.reverse(b), Integer.reverse(a))));
    masks = new byte[sets.size()];
    bias = new float[sets.size()];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = (byte) (int) sets.get(i);
      int talking = count(masks[i]);
      bias[i] = talking == 0 ? NOBODY_BIAS : talking == 1 ? 0 : TOGETHER_BIAS;
    }
  }

  /** The powerset with so many classes; the one of two speakers at once where several have. */
  static Optional<Powerset> ofClasses(int classes) {
    for (int together = 2; together <= MOST_SPEAKERS; together++) {
      for (int speakers = together; speakers <= MOST_SPEAKERS; speakers++) {
        Powerset powerset = new Powerset(speakers, together);
        if (powerset.classes() == classes) {
          return Optional.of(powerset);
        }
      }
    }
    return Optional.empty();
  }

  /** Number of sets. */
  int classes() {
    return masks.length;
  }

  /**
   * The most probable set of speakers.
   *
   * @param scores log-probabilities or logits, shape (frames, {@link #classes})
   */
  byte decode(float[] scores, int frame) {
    int offset = frame * masks.length;
    int best = 0;
    float bestScore = scores[offset] + bias[0];
    for (int i = 1; i < masks.length; i++) {
      float score = scores[offset + i] + bias[i];
      if (score > bestScore) {
        best = i;
        bestScore = score;
      }
    }
    return masks[best];
  }

  static int count(byte mask) {
    return Integer.bitCount(mask);
  }

  static boolean holds(byte mask, int speaker) {
    return (mask >> speaker & 1) == 1;
  }

  /** Returns whether {@code speaker} talks and nobody else does. */
  static boolean isAlone(byte mask, int speaker) {
    return mask == 1 << speaker;
  }
}
