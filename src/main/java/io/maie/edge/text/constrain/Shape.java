package io.maie.edge.text.constrain;

/**
 * A kind of value, as an automaton over the bytes of its JSON. A shape numbers its own places;
 * {@link #START} is before its first byte. Immutable.
 */
interface Shape {
  long START = 0;

  /**
   * Adds the places after one more byte; none if the byte cannot follow.
   *
   * @param at a place in this kind of value
   * @param out receives the places, and knows the byte
   */
  void step(Frame at, FrameSet out);

  /**
   * The number of tokens that complete the value from a place in it. From every place with a
   * possible cost above 0 some token leads to a place with a lower cost.
   */
  int cost(long position);

  /** Returns whether the value is complete, although more bytes of it may follow. */
  boolean mayEnd(long position);

  /**
   * A number that is the same for places where the same tokens may follow, at the same further
   * costs.
   */
  default long likeness(long position) {
    return position;
  }
}
