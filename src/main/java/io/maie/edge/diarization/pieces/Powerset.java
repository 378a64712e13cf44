package io.maie.edge.diarization.pieces;

/**
 * The classes of a powerset segmentation model (A. Plaquet and H. Bredin, Powerset multi-class
 * cross entropy loss for neural speaker diarization, Interspeech 2023): nobody, A, B, C, A and B, A
 * and C, B and C. A set of local speakers is a mask of bits, the lowest of which is A.
 */
final class Powerset {
  static final int CLASSES = 7;

  /** Speakers that a window tells apart. */
  static final int LOCAL_SPEAKERS = 3;

  private static final byte[] MASKS = {0b000, 0b001, 0b010, 0b100, 0b011, 0b101, 0b110};

  /**
   * Added to the log-probabilities. The published model misses more speech than it invents; this
   * makes the two errors nearly equal.
   */
  private static final float[] BIAS = {-1, 0, 0, 0, 0.5f, 0.5f, 0.5f};

  private Powerset() {}

  /**
   * The most probable set of speakers.
   *
   * @param scores log-probabilities or logits, shape (frames, {@value #CLASSES})
   */
  static byte decode(float[] scores, int frame) {
    int offset = frame * CLASSES;
    int best = 0;
    float bestScore = scores[offset] + BIAS[0];
    for (int i = 1; i < CLASSES; i++) {
      float score = scores[offset + i] + BIAS[i];
      if (score > bestScore) {
        best = i;
        bestScore = score;
      }
    }
    return MASKS[best];
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
