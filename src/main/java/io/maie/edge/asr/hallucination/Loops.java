package io.maie.edge.asr.hallucination;

import io.maie.edge.asr.hallucination.SpokenText.Unit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds words that are repeated over and over without anything in between, as decoders do when they
 * are caught in a loop.
 *
 * <p>People repeat themselves too, but briefly: "no no no", "thank you, thank you, thank you". How
 * many rounds make a loop therefore depends on how long a round is: eight of one word, four of two
 * words, three of more. Sentences that only begin alike are no loops.
 */
final class Loops {
  /** Longer rounds do not fit three times into what a model hears at once. */
  private static final int LONGEST_ROUND = 100;

  private Loops() {}

  /** The loops in {@code units}; they may overlap. */
  static List<Loop> in(List<Unit> units) {
    List<Loop> loops = new ArrayList<>();
    for (int round = 1; round <= Math.min(LONGEST_ROUND, units.size() / 2); round++) {
      loops.addAll(ofRound(units, round));
    }
    return loops;
  }

  /**
   * The share of a text that belongs to {@code loops}, 0 to 1.
   *
   * @param units in the whole text
   */
  static double share(List<Loop> loops, int units) {
    BitSet inLoop = new BitSet(units);
    loops.forEach(loop -> inLoop.set(loop.start(), loop.end()));
    return units == 0 ? 0 : (double) inLoop.cardinality() / units;
  }

  /** Every stretch in which each unit equals the one a round before. */
  private static List<Loop> ofRound(List<Unit> units, int round) {
    List<Loop> loops = new ArrayList<>();
    int start = 0;
    for (int i = round; i <= units.size(); i++) {
      boolean goesOn = i < units.size() && units.get(i).equals(units.get(i - round));
      if (!goesOn) {
        int rounds = (i - start) / round;
        if (rounds > 1 && rounds >= fewestRounds(units.subList(start, start + round))) {
          loops.add(new Loop(start, i, round));
        }
        start = i - round + 1;
      }
    }
    return loops;
  }

  private static int fewestRounds(List<Unit> round) {
    return switch (SpokenText.words(round)) {
      case 0, 1 -> 8;
      case 2 -> 4;
      default -> 3;
    };
  }
}
