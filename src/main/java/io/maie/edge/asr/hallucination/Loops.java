package io.maie.edge.asr.hallucination;

import io.maie.edge.asr.hallucination.SpokenText.Unit;
import java.util.BitSet;
import java.util.List;

/**
 * Finds what is said over and over again without anything in between, as decoders do when they are
 * caught in a loop.
 *
 * <p>People repeat themselves too, but shortly: "no no no", "thank you, thank you, thank you". How
 * many rounds make a loop therefore depends on how long a round is: eight of one word, four of two
 * words, three of more. Sentences that only begin alike are no loops.
 */
final class Loops {
  /** Longer rounds do not fit three times into what a model hears at once. */
  private static final int LONGEST_ROUND = 100;

  private Loops() {}

  /** The share of {@code units} that belongs to loops, 0 to 1. */
  static double share(List<Unit> units) {
    if (units.isEmpty()) {
      return 0;
    }
    BitSet inLoop = new BitSet(units.size());
    for (int round = 1; round <= Math.min(LONGEST_ROUND, units.size() / 2); round++) {
      mark(units, round, inLoop);
    }
    return (double) inLoop.cardinality() / units.size();
  }

  /** Marks every stretch in which each unit equals the one a round before. */
  private static void mark(List<Unit> units, int round, BitSet inLoop) {
    int start = 0;
    for (int i = round; i <= units.size(); i++) {
      boolean goesOn = i < units.size() && units.get(i).equals(units.get(i - round));
      if (!goesOn) {
        int rounds = (i - start) / round;
        if (rounds > 1 && rounds >= fewestRounds(units.subList(start, start + round))) {
          inLoop.set(start, i);
        }
        start = i - round + 1;
      }
    }
  }

  private static int fewestRounds(List<Unit> round) {
    return switch (SpokenText.words(round)) {
      case 0, 1 -> 8;
      case 2 -> 4;
      default -> 3;
    };
  }
}
