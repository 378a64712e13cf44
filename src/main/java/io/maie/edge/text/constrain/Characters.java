package io.maie.edge.text.constrain;

/**
 * An automaton of the characters that a text may have, one after the other. State 0 is its start.
 */
interface Characters {
  int DEAD = -1;

  /** The state after one more character; {@link #DEAD} if it cannot follow. */
  int next(int state, int character);

  /**
   * The fewest tokens from a state over one character between two, both included, to the end of the
   * text, without those of that character; {@link Cost#IMPOSSIBLE} if none can follow.
   */
  int costOver(int state, int least, int most);

  /** Returns whether the text may end. */
  boolean mayEnd(int state);

  /** The fewest tokens to the end of the text, its quote included. */
  int cost(int state);

  /** Like {@link Shape#likeness}. */
  int likeness(int state);

  /**
   * The number of characters of any kind that may follow; a negative number if it matters which
   * characters they are.
   */
  int admitted(int state);
}
