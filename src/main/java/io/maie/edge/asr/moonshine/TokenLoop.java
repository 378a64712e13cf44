package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.seq2seq.ScoredToken;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds texts that go round in a circle. Their tokens are likely one by one, so that only the
 * repetition tells them.
 */
final class TokenLoop {
  /** No circle that models fall into is longer. */
  private static final int MAX_ROUND = 40;

  private TokenLoop() {}

  /**
   * Looks for the first place at which a text has said the same too often.
   *
   * @param tokens without the end of the text
   * @return how many tokens there are before the first repetition; empty if the text goes on well
   */
  static OptionalInt firstRoundOf(List<ScoredToken> tokens) {
    int[] ids = tokens.stream().mapToInt(ScoredToken::id).toArray();
    for (int length = 4; length <= ids.length; length++) {
      for (int round = 1; round <= Math.min(MAX_ROUND, length / 2); round++) {
        int times = times(ids, length, round);
        if (times >= tooOften(round)) {
          return OptionalInt.of(length - (times - 1) * round);
        }
      }
    }
    return OptionalInt.empty();
  }

  /** How often the first {@code length} tokens end with their last {@code round}. */
  private static int times(int[] ids, int length, int round) {
    int times = 1;
    while ((times + 1) * round <= length && isSame(ids, length - (times + 1) * round, round)) {
      times++;
    }
    return times;
  }

  /** Whether a stretch says what follows it says. */
  private static boolean isSame(int[] ids, int from, int round) {
    for (int i = from; i < from + round; i++) {
      if (ids[i] != ids[i + round]) {
        return false;
      }
    }
    return true;
  }

  private static int tooOften(int round) {
    return round == 1 ? 6 : round < 4 ? 4 : 3;
  }
}
