package io.maie.edge.text.constrain;

import java.nio.charset.StandardCharsets;

/** Texts that an automaton accepts. */
final class PatternCharacters implements Characters {
  private static final int ESCAPED = 2;

  /** Tokens of a backslash, a letter and four digits. */
  private static final int BY_NUMBER = 6;

  /** The last character of ASCII. */
  private static final int DELETE = 0x7F;

  private static final int LAST_OF_PLANE = 0xFFFF;

  private final Dfa automaton;
  private final TokenVocabulary vocabulary;
  private final int[] costs;

  PatternCharacters(Dfa automaton, TokenVocabulary vocabulary) {
    this.automaton = automaton;
    this.vocabulary = vocabulary;
    costs = automaton.costs(this::costOfOne, 1);
  }

  /** The fewest tokens that write a character between two. */
  private int costOfOne(int least, int most) {
    int plain = Math.max(least, ' ');
    while (plain == '"' || plain == '\\') {
      plain++;
    }
    if (plain <= Math.min(most, '~')) {
      return 1;
    }
    if (least <= '\\') {
      return ESCAPED;
    }
    if (most <= DELETE) {
      return vocabulary.hasSingle(DELETE) ? 1 : Cost.IMPOSSIBLE;
    }
    int first = Math.max(least, DELETE + 1);
    byte[] bytes = Character.toString(first).getBytes(StandardCharsets.UTF_8);
    int raw =
        vocabulary.canContinue() && vocabulary.hasSingle(bytes[0] & 0xFF)
            ? bytes.length
            : Cost.IMPOSSIBLE;
    return Math.min(raw, first <= LAST_OF_PLANE ? BY_NUMBER : Cost.IMPOSSIBLE);
  }

  @Override
  public int next(int state, int character) {
    return automaton.next(state, character);
  }

  @Override
  public int costOver(int state, int least, int most) {
    int best = Cost.IMPOSSIBLE;
    for (Dfa.Move<Integer> move : automaton.moves(state, least, most)) {
      best = Math.min(best, costs[move.target()]);
    }
    return best;
  }

  @Override
  public boolean mayEnd(int state) {
    return automaton.isEnd(state);
  }

  @Override
  public int cost(int state) {
    return costs[state];
  }

  @Override
  public int likeness(int state) {
    return state;
  }

  @Override
  public int admitted(int state) {
    return 0;
  }
}
