package io.maie.edge.asr.ctc;

import java.util.Arrays;

/**
 * How hypotheses came about: a tree of steps, one frame each, that leads back to the beginning.
 * Emptied and used again for each window.
 */
final class Traces {
  /** Before the first frame. */
  static final int ORIGIN = -1;

  /** No word ended in this step. */
  static final int NO_WORD = -1;

  private int[] parents = new int[1 << 16];
  private int[] words = new int[1 << 16];
  private short[] tokens = new short[1 << 16];
  private int size;

  void clear() {
    size = 0;
  }

  /** Adds a step in which {@code token} was seen and {@code word} ended; returns its number. */
  int add(int parent, int token, int word) {
    if (size == parents.length) {
      parents = Arrays.copyOf(parents, 2 * size);
      words = Arrays.copyOf(words, 2 * size);
      tokens = Arrays.copyOf(tokens, 2 * size);
    }
    parents[size] = parent;
    tokens[size] = (short) token;
    words[size] = word;
    return size++;
  }

  int parent(int step) {
    return parents[step];
  }

  int token(int step) {
    return tokens[step];
  }

  int word(int step) {
    return words[step];
  }
}
