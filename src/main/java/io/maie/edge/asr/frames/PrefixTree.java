package io.maie.edge.asr.frames;

import java.util.Arrays;

/**
 * The token sequences that a prefix search has met, as a tree, with the language model's score of
 * each. Emptied and used again for each window.
 */
final class PrefixTree {
  /** The empty sequence. */
  static final int ROOT = 0;

  private static final int FIRST_CAPACITY = 1 << 12;

  private int[] parents = new int[FIRST_CAPACITY];
  private int[] tokens = new int[FIRST_CAPACITY];
  private int[] states = new int[FIRST_CAPACITY];
  private double[] wordScores = new double[FIRST_CAPACITY];
  private int[] slots = new int[2 * FIRST_CAPACITY];
  private int size;

  /** Leaves only the empty sequence, with a language model's first state. */
  void clear(int state) {
    Arrays.fill(slots, 0);
    size = 1;
    parents[ROOT] = -1;
    tokens[ROOT] = -1;
    states[ROOT] = state;
    wordScores[ROOT] = 0;
  }

  int parent(int prefix) {
    return parents[prefix];
  }

  /** The last token; negative for the empty sequence. */
  int token(int prefix) {
    return tokens[prefix];
  }

  /** The language model's state after the last whole word. */
  int state(int prefix) {
    return states[prefix];
  }

  /** Total score of all whole words of the sequence. */
  double wordScore(int prefix) {
    return wordScores[prefix];
  }

  /** The sequence {@code parent} and then {@code token}; negative if it was never met. */
  int find(int parent, int token) {
    return slots[slot(parent, token)] - 1;
  }

  int add(int parent, int token, int state, double wordScore) {
    if (size == parents.length) {
      grow();
    }
    parents[size] = parent;
    tokens[size] = token;
    states[size] = state;
    wordScores[size] = wordScore;
    slots[slot(parent, token)] = size + 1;
    return size++;
  }

  /** The tokens of a sequence, first one first. */
  int[] sequence(int prefix) {
    int length = 0;
    for (int at = prefix; at != ROOT; at = parents[at]) {
      length++;
    }
    int[] sequence = new int[length];
    for (int at = prefix; at != ROOT; at = parents[at]) {
      sequence[--length] = tokens[at];
    }
    return sequence;
  }

  private void grow() {
    int capacity = 2 * size;
    parents = Arrays.copyOf(parents, capacity);
    tokens = Arrays.copyOf(tokens, capacity);
    states = Arrays.copyOf(states, capacity);
    wordScores = Arrays.copyOf(wordScores, capacity);
    slots = new int[2 * capacity];
    for (int prefix = 1; prefix < size; prefix++) {
      slots[slot(parents[prefix], tokens[prefix])] = prefix + 1;
    }
  }

  private int slot(int parent, int token) {
    int mask = slots.length - 1;
    int hash = parent * 0x9E3779B1 + token * 0x85EBCA6B;
    int slot = (hash ^ hash >>> 15) & mask;
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, parent, token)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isAt(int prefix, int parent, int token) {
    return parents[prefix] == parent && tokens[prefix] == token;
  }
}
