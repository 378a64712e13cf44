package io.maie.edge.text.constrain;

/** Texts of any characters, limited in their number. A state is the number of characters so far. */
record AnyCharacters(int fewest, int most, int horizon) implements Characters {
  /** A text that is longer is none that somebody reads. */
  static final int MOST = 1 << 20;

  /**
   * A text.
   *
   * @param fewest 0 or more
   * @param most at most {@link #MOST}
   * @param horizon the most characters of a token
   */
  AnyCharacters {
    if (fewest < 0 || most > MOST) {
      throw new IllegalArgumentException("expected 0 to %d: %d, %d".formatted(MOST, fewest, most));
    }
  }

  @Override
  public int next(int state, int character) {
    return state < most ? state + 1 : DEAD;
  }

  @Override
  public int costOver(int state, int least, int last) {
    return state < most ? cost(state + 1) : Cost.IMPOSSIBLE;
  }

  @Override
  public boolean mayEnd(int state) {
    return state >= fewest;
  }

  @Override
  public int cost(int state) {
    return fewest > most ? Cost.IMPOSSIBLE : Math.max(0, fewest - state) + 1;
  }

  @Override
  public int likeness(int state) {
    int required = Math.min(horizon, Math.max(0, fewest - state));
    return required * (horizon + 1) + Math.min(horizon, most - state);
  }

  @Override
  public int admitted(int state) {
    return most - state;
  }
}
