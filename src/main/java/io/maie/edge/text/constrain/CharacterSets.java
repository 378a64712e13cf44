package io.maie.edge.text.constrain;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/**
 * Sets of characters that a text may have, by their code points. Who gets one leaves it as it is.
 */
final class CharacterSets {
  /** All that can be written: no control characters but three, no surrogates. */
  static final BitSet ALL = all();

  static final BitSet DIGITS = of("09");

  /** The characters of words in ASCII, as {@code \w} has it. */
  static final BitSet WORD = of("09AZaz__");

  /** Blanks in every dialect of regular expressions. */
  static final BitSet SURE_BLANKS = of("\t\t\n\n\r\r  ");

  /** Blanks in one dialect or another. */
  static final BitSet ANY_BLANKS =
      of(
          "\t\t\n\n\r\r  \u0085\u0085\u00A0\u00A0\u1680\u1680\u2000\u200A\u2028\u2029"
              + "\u202F\u202F\u205F\u205F\u3000\u3000\uFEFF\uFEFF");

  /** All that no dialect takes for the end of a line. */
  static final BitSet WITHOUT_LINE_ENDS = not(of("\n\n\r\r\u0085\u0085\u2028\u2029"));

  private static final Map<String, IntPredicate> PROPERTIES =
      Map.of(
          "L",
          Character::isLetter,
          "Lu",
          character -> Character.getType(character) == Character.UPPERCASE_LETTER,
          "Ll",
          character -> Character.getType(character) == Character.LOWERCASE_LETTER,
          "Nd",
          Character::isDigit);

  /** The sets that were asked for; kept because finding one looks at a million characters. */
  private static final Map<String, BitSet> KNOWN = new ConcurrentHashMap<>();

  private CharacterSets() {}

  private static BitSet all() {
    BitSet set = range(' ', Character.MAX_CODE_POINT);
    set.clear(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1);
    set.or(of("\t\t\n\n\r\r"));
    return set;
  }

  /** Ranges, by their first and last characters. */
  private static BitSet of(String ranges) {
    BitSet set = new BitSet();
    for (int i = 0; i < ranges.length(); i += 2) {
      set.or(range(ranges.charAt(i), ranges.charAt(i + 1)));
    }
    return set;
  }

  /** The characters from one to another. */
  static BitSet range(int least, int most) {
    BitSet set = new BitSet();
    set.set(least, most + 1);
    return set;
  }

  /** All that can be written but those in a set. */
  static BitSet not(BitSet set) {
    BitSet others = (BitSet) ALL.clone();
    others.andNot(set);
    return others;
  }

  /**
   * The characters with a property of Unicode.
   *
   * @param name such as {@code Lu}; empty if it is unknown
   */
  static Optional<BitSet> withProperty(String name) {
    return Optional.ofNullable(PROPERTIES.get(name))
        .map(property -> KNOWN.computeIfAbsent(name, key -> thoseWith(property)));
  }

  private static BitSet thoseWith(IntPredicate property) {
    BitSet set = new BitSet();
    ALL.stream().filter(property).forEach(set::set);
    return set;
  }
}
