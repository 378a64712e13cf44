package io.maie.edge.asr.whisper;

import java.util.Arrays;

/** The pairs of tokens that merge into one, in order of rank. Immutable. */
final class TokenMerges {
  /** Tokens and ranks have at most this many bits. */
  static final int BITS = 20;

  private static final long MASK = (1L << BITS) - 1;

  /** First token, second token and rank of each, packed into one number; ascending. */
  private final long[] packed;

  /**
   * Merges of a vocabulary.
   *
   * @param pairs in the order of their ranks, two tokens each; of equal ones the first counts
   */
  TokenMerges(int[] pairs) {
    packed = new long[pairs.length / 2];
    for (int rank = 0; rank < packed.length; rank++) {
      packed[rank] = key(pairs[2 * rank], pairs[2 * rank + 1]) | rank;
    }
    Arrays.sort(packed);
  }

  /** The rank of a pair, 0 or more, lower ones first; -1 if it does not become one. */
  int rank(int first, int second) {
    long key = key(first, second);
    int at = Arrays.binarySearch(packed, key);
    int next = at < 0 ? -at - 1 : at;
    boolean found = next < packed.length && (packed[next] & ~MASK) == key;
    return found ? (int) (packed[next] & MASK) : -1;
  }

  private static long key(int first, int second) {
    return ((long) first << BITS | second) << BITS;
  }
}
