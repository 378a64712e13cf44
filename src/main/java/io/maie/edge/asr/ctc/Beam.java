package io.maie.edge.asr.ctc;

import java.util.Arrays;

/**
 * Hypotheses after one frame, as parallel arrays. Hypotheses that agree in node, language model
 * state and last token are one, with the score of the better. Reused from frame to frame.
 */
final class Beam {
  /*
   * Merging goes through an open hash table whose slots carry the number of the frame that filled
   * them, so that emptying it costs nothing. Pruning selects the best by partition (Hoare's
   * quickselect) over positions; equal scores are told apart by position, and what is kept stays in
   * order of position, so that the outcome never depends on chance.
   */
  private static final int FIRST_CAPACITY = 1 << 12;

  private final double threshold;
  private double[] scores = new double[FIRST_CAPACITY];
  private int[] nodes = new int[FIRST_CAPACITY];
  private int[] states = new int[FIRST_CAPACITY];
  private int[] lasts = new int[FIRST_CAPACITY];
  private int[] traces = new int[FIRST_CAPACITY];
  private int[] words = new int[FIRST_CAPACITY];
  private int[] slots = new int[2 * FIRST_CAPACITY];
  private int[] slotEpochs = new int[2 * FIRST_CAPACITY];
  private int[] order = new int[FIRST_CAPACITY];
  private int epoch;
  private int size;
  private double best = Double.NEGATIVE_INFINITY;

  /**
   * An empty beam.
   *
   * @param threshold hypotheses that are worse than the best by this or more are not added
   */
  Beam(double threshold) {
    this.threshold = threshold;
  }

  void clear() {
    size = 0;
    epoch++;
    best = Double.NEGATIVE_INFINITY;
  }

  int size() {
    return size;
  }

  double score(int i) {
    return scores[i];
  }

  int node(int i) {
    return nodes[i];
  }

  int state(int i) {
    return states[i];
  }

  int last(int i) {
    return lasts[i];
  }

  /** The step that led to the hypothesis: its parent's until {@link #prune} has made its own. */
  int trace(int i) {
    return traces[i];
  }

  /** Whether a hypothesis with this score would be kept so far. */
  boolean wants(double score) {
    return score > best - threshold;
  }

  /** Adds a hypothesis, or improves the one it equals. */
  void add(double score, int node, int state, int last, int trace, int word) {
    if (!wants(score)) {
      return;
    }
    best = Math.max(best, score);
    int i = place(node, state, last);
    if (i < 0) {
      i = append(node, state, last);
    } else if (scores[i] >= score) {
      return;
    }
    scores[i] = score;
    traces[i] = trace;
    words[i] = word;
  }

  /** Keeps the best {@code limit} hypotheses within the threshold, and gives each its own step. */
  void prune(int limit, Traces steps) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (wants(scores[i])) {
        order[kept++] = i;
      }
    }
    if (kept > limit) {
      select(kept, limit);
      Arrays.sort(order, 0, limit);
      kept = limit;
    }
    for (int to = 0; to < kept; to++) {
      int from = order[to];
      scores[to] = scores[from];
      nodes[to] = nodes[from];
      states[to] = states[from];
      lasts[to] = lasts[from];
      traces[to] = steps.add(traces[from], lasts[from], words[from]);
    }
    size = kept;
  }

  private int append(int node, int state, int last) {
    if (size == scores.length) {
      grow();
    }
    int i = size++;
    nodes[i] = node;
    states[i] = state;
    lasts[i] = last;
    int slot = freeSlot(node, state, last);
    slots[slot] = i;
    slotEpochs[slot] = epoch;
    return i;
  }

  /** The position of the equal hypothesis; negative if there is none. */
  private int place(int node, int state, int last) {
    int mask = slots.length - 1;
    for (int slot = hash(node, state, last) & mask; ; slot = slot + 1 & mask) {
      if (slotEpochs[slot] != epoch) {
        return -1;
      }
      int i = slots[slot];
      if (nodes[i] == node && states[i] == state && lasts[i] == last) {
        return i;
      }
    }
  }

  private int freeSlot(int node, int state, int last) {
    int mask = slots.length - 1;
    int slot = hash(node, state, last) & mask;
    while (slotEpochs[slot] == epoch) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static int hash(int node, int state, int last) {
    int hash = node * 0x9E3779B1 + state * 0x85EBCA6B + last * 0xC2B2AE35;
    hash ^= hash >>> 15;
    hash *= 0x2C1B3C6D;
    return hash ^ hash >>> 13;
  }

  private void grow() {
    int capacity = 2 * scores.length;
    scores = Arrays.copyOf(scores, capacity);
    nodes = Arrays.copyOf(nodes, capacity);
    states = Arrays.copyOf(states, capacity);
    lasts = Arrays.copyOf(lasts, capacity);
    traces = Arrays.copyOf(traces, capacity);
    words = Arrays.copyOf(words, capacity);
    order = Arrays.copyOf(order, capacity);
    slots = new int[2 * capacity];
    slotEpochs = new int[2 * capacity];
    epoch++;
    for (int i = 0; i < size; i++) {
      int slot = freeSlot(nodes[i], states[i], lasts[i]);
      slots[slot] = i;
      slotEpochs[slot] = epoch;
    }
  }

  /** Moves the best {@code limit} of the first {@code count} positions to the front. */
  private void select(int count, int limit) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int pivot = order[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (isBetter(order[i], pivot)) {
          i++;
        }
        while (isBetter(pivot, order[j])) {
          j--;
        }
        if (i <= j) {
          int swapped = order[i];
          order[i++] = order[j];
          order[j--] = swapped;
        }
      }
      if (limit - 1 <= j) {
        high = j;
      } else if (limit - 1 >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private boolean isBetter(int a, int b) {
    return scores[a] > scores[b] || (scores[a] == scores[b] && a < b);
  }
}
