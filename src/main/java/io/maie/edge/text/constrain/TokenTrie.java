package io.maie.edge.text.constrain;

import java.util.Arrays;
import java.util.List;

/**
 * The bytes of tokens as a tree that shares their beginnings. Nodes lie in the order of a walk from
 * left to right, parents first, so that a walk needs no stack and skips a subtree in one step.
 */
final class TokenTrie {
  private final byte[] octets;
  private final short[] depths;
  private final int[] ends;

  /** Index into {@link #tokens} of the first token that ends at a node; the next node's ends it. */
  private final int[] firstTokens;

  private final int[] tokens;
  private final int size;
  private final int deepest;

  /**
   * Builds the tree.
   *
   * @param bytes of every token id
   * @param chosen ids of the tokens in the tree, none of them without bytes
   */
  TokenTrie(List<byte[]> bytes, int[] chosen) {
    tokens =
        Arrays.stream(chosen)
            .boxed()
            .sorted((a, b) -> Arrays.compareUnsigned(bytes.get(a), bytes.get(b)))
            .mapToInt(Integer::intValue)
            .toArray();
    int nodes = countNodes(bytes);
    octets = new byte[nodes];
    depths = new short[nodes];
    ends = new int[nodes];
    firstTokens = new int[nodes + 1];
    deepest = Arrays.stream(tokens).map(token -> bytes.get(token).length).max().orElse(0);
    size = fill(bytes);
  }

  private int countNodes(List<byte[]> bytes) {
    int nodes = 0;
    byte[] before = {};
    for (int token : tokens) {
      byte[] own = bytes.get(token);
      nodes += own.length - shared(before, own);
      before = own;
    }
    return nodes;
  }

  private int fill(List<byte[]> bytes) {
    int[] path = new int[deepest];
    byte[] before = {};
    int node = 0;
    for (int i = 0; i < tokens.length; i++) {
      byte[] own = bytes.get(tokens[i]);
      int kept = shared(before, own);
      for (int depth = kept; depth < before.length; depth++) {
        ends[path[depth]] = node;
      }
      for (int depth = kept; depth < own.length; depth++) {
        path[depth] = node;
        octets[node] = own[depth];
        depths[node] = (short) depth;
        // tokens end at the last of these nodes; those above it have none
        firstTokens[node] = i;
        node++;
      }
      before = own;
    }
    for (int depth = 0; depth < before.length; depth++) {
      ends[path[depth]] = node;
    }
    firstTokens[node] = tokens.length;
    return node;
  }

  /** The number of bytes with which both begin; one that repeats the other shares all of them. */
  private static int shared(byte[] a, byte[] b) {
    int mismatch = Arrays.mismatch(a, b);
    return mismatch < 0 ? a.length : mismatch;
  }

  int size() {
    return size;
  }

  /** The byte of a node, 0 to 255. */
  int octet(int node) {
    return octets[node] & 0xFF;
  }

  /** The number of nodes above a node. */
  int depth(int node) {
    return depths[node];
  }

  /** The first node after a node that is not below it. */
  int end(int node) {
    return ends[node];
  }

  int deepest() {
    return deepest;
  }

  /** The index of the first token that ends at a node. */
  int firstToken(int node) {
    return firstTokens[node];
  }

  /** The index after the last token that ends at a node. */
  int endOfTokens(int node) {
    return firstTokens[node + 1];
  }

  /** The id of a token by its index. */
  int token(int index) {
    return tokens[index];
  }
}
