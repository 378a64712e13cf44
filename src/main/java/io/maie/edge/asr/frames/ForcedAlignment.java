package io.maie.edge.asr.frames;

import java.util.Arrays;

/**
 * Finds when the tokens of a known sequence were spoken: the most probable CTC path through them.
 */
final class ForcedAlignment {
  /*
   * Viterbi over blank, t1, blank, t2, ..., blank. Per frame a position stays, comes from the one
   * before, or skips a blank between different tokens. Costs one byte per frame and position.
   */
  private static final byte STAY = 0;
  private static final byte STEP = 1;
  private static final byte SKIP = 2;

  private final Posteriors posteriors;

  /** The tokens with blanks around them. */
  private final int[] sequence;

  private final byte[] moves;

  private ForcedAlignment(Posteriors posteriors, int[] tokens, int blank) {
    this.posteriors = posteriors;
    sequence = new int[2 * tokens.length + 1];
    Arrays.fill(sequence, blank);
    for (int i = 0; i < tokens.length; i++) {
      sequence[2 * i + 1] = tokens[i];
    }
    moves = new byte[Math.multiplyExact(posteriors.frames(), sequence.length)];
  }

  /**
   * The token of each frame, blanks included.
   *
   * @param tokens without blanks; must fit into the frames, with a blank between equal neighbours
   */
  static int[] align(Posteriors posteriors, int[] tokens, int blank) {
    return new ForcedAlignment(posteriors, tokens, blank).path();
  }

  private int[] path() {
    int frames = posteriors.frames();
    int[] path = new int[frames];
    if (frames == 0) {
      return path;
    }
    double[] scores = search();
    int at = sequence.length - 1;
    if (sequence.length > 1 && scores[at - 1] > scores[at]) {
      at--;
    }
    for (int frame = frames - 1; frame >= 0; frame--) {
      path[frame] = sequence[at];
      at -= moves[frame * sequence.length + at];
    }
    return path;
  }

  /** The scores of the positions after the last frame. */
  private double[] search() {
    double[] before = new double[sequence.length];
    double[] after = new double[sequence.length];
    Arrays.fill(before, Double.NEGATIVE_INFINITY);
    for (int at = 0; at < Math.min(2, sequence.length); at++) {
      before[at] = posteriors.at(0, sequence[at]);
    }
    for (int frame = 1; frame < posteriors.frames(); frame++) {
      for (int at = 0; at < sequence.length; at++) {
        byte move = bestMove(before, at);
        moves[frame * sequence.length + at] = move;
        after[at] = before[at - move] + posteriors.at(frame, sequence[at]);
      }
      double[] done = before;
      before = after;
      after = done;
    }
    return before;
  }

  private byte bestMove(double[] before, int at) {
    byte best = STAY;
    if (at >= STEP && before[at - STEP] > before[at]) {
      best = STEP;
    }
    boolean maySkip = at >= SKIP && at % 2 == 1 && sequence[at] != sequence[at - SKIP];
    return maySkip && before[at - SKIP] > before[at - best] ? SKIP : best;
  }
}
