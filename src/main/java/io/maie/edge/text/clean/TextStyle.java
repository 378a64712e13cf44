package io.maie.edge.text.clean;

import java.util.List;
import java.util.Locale;

/**
 * Style in which a recogniser writes, as its text shows.
 *
 * @param isPunctuated whether sentences end with a mark
 * @param isCased whether capitals stand where they belong, or the script has none
 * @param isAllCapitals whether everything is in capitals
 */
record TextStyle(boolean isPunctuated, boolean isCased, boolean isAllCapitals) {
  /** Longer sentences on average mean that marks are missing. */
  private static final int MOST_WORDS_PER_MARK = 60;

  /** Below this share of capitals among letters with case, there are none on purpose. */
  private static final double FEW_CAPITALS = 0.004;

  private static final double MANY_CAPITALS = 0.9;

  /** Fewer letters prove nothing about capitals: an acronym may be all there is. */
  private static final int ENOUGH_LETTERS = 12;

  static TextStyle of(List<Token> tokens) {
    long marks = tokens.stream().filter(token -> SentenceEnds.isEnd(token.text())).count();
    boolean isPunctuated = marks > 0 && tokens.size() <= marks * MOST_WORDS_PER_MARK;
    long upper = 0;
    long lower = 0;
    for (Token token : tokens) {
      upper += token.text().codePoints().filter(Character::isUpperCase).count();
      lower += token.text().codePoints().filter(Character::isLowerCase).count();
    }
    long letters = upper + lower;
    boolean isAllCapitals = letters >= ENOUGH_LETTERS && upper >= MANY_CAPITALS * letters;
    boolean hasNoCapitals = lower > 0 && upper <= FEW_CAPITALS * letters;
    return new TextStyle(isPunctuated, !isAllCapitals && !hasNoCapitals, isAllCapitals);
  }

  /** The token in lower case if everything is in capitals. */
  Token lowered(Token token) {
    return isAllCapitals ? token.withText(token.text().toLowerCase(Locale.ROOT)) : token;
  }
}
