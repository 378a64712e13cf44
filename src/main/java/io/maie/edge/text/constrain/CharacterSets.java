package io.maie.edge.text.constrain;

import java.util.BitSet;
import java.util.function.IntPredicate;

/** Sets of characters that a text may have, by their code points. */
final class CharacterSets {
  /** All that can be written: no control characters but three, no surrogates. */
  private static final BitSet WRITTEN = written();

  /** Ends of lines in one dialect of regular expressions or another. */
  private static final IntPredicate LINE_END =
      character ->
          character == '\n'
              || character == '\r'
              || character == 0x85
              || character == 0x2028
              || character == 0x2029;

  /** Blanks in every dialect. */
  private static final IntPredicate SURE_BLANK =
      character -> character == ' ' || character == '\t' || character == '\n' || character == '\r';

  /** Blanks in one dialect or another. */
  private static final IntPredicate ANY_BLANK =
      character ->
          SURE_BLANK.test(character)
              || LINE_END.test(character)
              || character == 0xFEFF
              || Character.isSpaceChar(character);

  private CharacterSets() {}

  private static BitSet written() {
    BitSet set = new BitSet(Character.MAX_CODE_POINT + 1);
    set.set(' ', Character.MAX_CODE_POINT + 1);
    set.clear(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1);
    set.set('\t');
    set.set('\n');
    set.set('\r');
    return set;
  }

  /** Those from one to another. */
  static BitSet range(int least, int most) {
    BitSet set = new BitSet();
    set.set(least, most + 1);
    return set;
  }

  /** Those that may be written, and that have a property. */
  static BitSet of(IntPredicate property) {
    BitSet set = new BitSet();
    WRITTEN.stream().filter(property).forEach(set::set);
    return set;
  }

  /** All that may be written. */
  static BitSet all() {
    return (BitSet) WRITTEN.clone();
  }

  /** All but those in a set. */
  static BitSet not(BitSet set) {
    BitSet others = all();
    others.andNot(set);
    return others;
  }

  /** All that no dialect takes for the end of a line. */
  static BitSet withoutLineEnds() {
    return not(of(LINE_END));
  }

  /**
   * Blanks.
   *
   * @param wide whether to count what only some dialects call a blank
   */
  static BitSet blanks(boolean wide) {
    return of(wide ? ANY_BLANK : SURE_BLANK);
  }
}
