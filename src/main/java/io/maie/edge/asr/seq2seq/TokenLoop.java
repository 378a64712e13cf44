package io.maie.edge.asr.seq2seq;

import java.util.List;
import java.util.OptionalInt;

/**
 * Finds texts that go round in a circle. Their tokens are likely one by one, so that only the
 * repetition tells them.
 *
 * @param single rounds of one token that make a circle
 * @param few rounds of two or three tokens that make one
 * @param many rounds of more tokens that make one
 */
public record TokenLoop(int single, int few, int many) {
  /** The rule for models that hardly ever repeat words as often as people do. */
  public static final TokenLoop STRICT = new TokenLoop(6, 4, 3);

  /** For models whose text is judged by other signs, too. */
  public static final TokenLoop PATIENT = new TokenLoop(16, 10, 8);

  /** No circle that models fall into is longer. */
  private static final int MAX_ROUND = 40;

  /** From this many tokens on a round is one of many. */
  private static final int MANY = 4;

  /**
   * Finds the first place at which a text has repeated itself too often.
   *
   * @param tokens without the end of the text
   * @return the number of tokens before the first repetition; empty if there is no loop
   */
  public OptionalInt firstRoundOf(List<ScoredToken> tokens) {
    int[] ids = tokens.stream().mapToInt(ScoredToken::id).toArray();
    for (int length = MANY; length <= ids.length; length++) {
      OptionalInt circle = firstRoundOf(ids, length);
      if (circle.isPresent()) {
        return circle;
      }
    }
    return OptionalInt.empty();
  }

  /** Returns whether a text ends with tokens that it has repeated too often. */
  boolean isAtEndOf(Hypothesis said) {
    int length = Math.min(said.length(), MAX_ROUND * many);
    if (length < Math.min(single, 2 * few)) {
      return false;
    }
    int[] ids = said.last(length);
    return firstRoundOf(ids, length).isPresent();
  }

  private OptionalInt firstRoundOf(int[] ids, int length) {
    for (int round = 1; round <= Math.min(MAX_ROUND, length / 2); round++) {
      int times = times(ids, length, round);
      if (times >= tooOften(round)) {
        return OptionalInt.of(length - (times - 1) * round);
      }
    }
    return OptionalInt.empty();
  }

  /** Counts how often the first {@code length} tokens end with their last {@code round}. */
  private static int times(int[] ids, int length, int round) {
    int times = 1;
    while ((times + 1) * round <= length && isSame(ids, length - (times + 1) * round, round)) {
      times++;
    }
    return times;
  }

  /** Returns whether a stretch says what follows it says. */
  private static boolean isSame(int[] ids, int from, int round) {
    for (int i = from; i < from + round; i++) {
      if (ids[i] != ids[i + round]) {
        return false;
      }
    }
    return true;
  }

  private int tooOften(int round) {
    return round == 1 ? single : round < MANY ? few : many;
  }
}
