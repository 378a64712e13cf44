package io.maie.edge.text.constrain;

/** Numbers of tokens that complete a value. They saturate, so that they can be added freely. */
final class Cost {
  /** The cost of a value that cannot be completed. */
  static final int IMPOSSIBLE = 1 << 28;

  private Cost() {}

  static int sum(int a, int b) {
    return Math.min(IMPOSSIBLE, a + b);
  }

  static boolean isPossible(int cost) {
    return cost < IMPOSSIBLE;
  }
}
