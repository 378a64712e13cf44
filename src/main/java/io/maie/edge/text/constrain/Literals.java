package io.maie.edge.text.constrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One of several byte strings, as a tree that shares their beginnings. Node 0 is the root. */
final class Literals {
  /** No node, or no literal. */
  static final int NONE = -1;

  private final List<Node> nodes = new ArrayList<>(List.of(new Node()));

  /** A node and its continuations. */
  private static final class Node {
    private final int[] children = new int[256];
    private int ends = NONE;
    private int cost = Cost.IMPOSSIBLE;

    Node() {
      Arrays.fill(children, NONE);
    }
  }

  /**
   * Adds a byte string.
   *
   * @param number that tells it from others, 0 or more
   * @param after cost of what follows it
   */
  void add(byte[] literal, int number, int after, TokenVocabulary vocabulary) {
    int[] fewest = vocabulary.fewestTokens(literal);
    int node = 0;
    for (int i = 0; ; i++) {
      Node own = nodes.get(node);
      own.cost = Math.min(own.cost, Cost.sum(fewest[i], after));
      if (i == literal.length) {
        own.ends = number;
        return;
      }
      int octet = literal[i] & 0xFF;
      if (own.children[octet] == NONE) {
        own.children[octet] = nodes.size();
        nodes.add(new Node());
      }
      node = own.children[octet];
    }
  }

  /** The node after one more byte, or {@link #NONE}. */
  int next(int node, int octet) {
    return nodes.get(node).children[octet];
  }

  /** The number of the literal that ends at a node, or {@link #NONE}. */
  int ends(int node) {
    return nodes.get(node).ends;
  }

  /** The fewest tokens to the end of a literal and of what follows it. */
  int cost(int node) {
    return nodes.get(node).cost;
  }
}
