package io.maie.edge.text.constrain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads the regular expressions of {@code pattern}: those parts on which ECMA-262 and Java agree,
 * and that an automaton can follow. Where the dialects differ in what a class holds, the smaller
 * set is taken, so that either finds a match.
 */
final class PatternParser {
  private static final int MOST_REPEATS = 1_000;
  private static final String SPECIAL = "^$\\.*+?()[]{}|";

  private final int[] pattern;
  private int at;

  /** A pattern that is not served; the message says why. */
  static final class UnservedPatternException extends Exception {
    private static final long serialVersionUID = 1L;

    UnservedPatternException(String message) {
      super(message);
    }
  }

  /** A part of a pattern. */
  sealed interface Part {}

  /** One character of a set. */
  record One(BitSet characters) implements Part {}

  /** Parts one after the other. */
  record Sequence(List<Part> parts) implements Part {}

  /** One of several parts. */
  record Either(List<Part> parts) implements Part {}

  /**
   * A part again and again.
   *
   * @param most -1 if there is no limit
   */
  record Repeat(Part part, int least, int most) implements Part {}

  private PatternParser(String pattern) {
    this.pattern = pattern.codePoints().toArray();
  }

  /** The whole texts in which a pattern is found. */
  static Part parse(String pattern) throws UnservedPatternException {
    PatternParser parser = new PatternParser(pattern);
    List<Part> branches = new ArrayList<>();
    do {
      branches.add(parser.anchored());
    } while (parser.skips('|'));
    if (parser.at < parser.pattern.length) {
      throw parser.unserved();
    }
    return new Either(branches);
  }

  private UnservedPatternException unserved() {
    String rest = new String(pattern, at, pattern.length - at);
    return new UnservedPatternException(
        rest.isEmpty() ? "ends too early" : "cannot be followed from '" + rest + "' on");
  }

  private boolean sees(int character) {
    return at < pattern.length && pattern[at] == character;
  }

  private boolean skips(int character) {
    boolean isThere = sees(character);
    at += isThere ? 1 : 0;
    return isThere;
  }

  private boolean skips(String characters) {
    int from = at;
    boolean isThere = characters.codePoints().allMatch(this::skips);
    at = isThere ? at : from;
    return isThere;
  }

  private int taken() throws UnservedPatternException {
    if (at == pattern.length) {
      throw unserved();
    }
    return pattern[at++];
  }

  /** A branch of the whole pattern, which anchors may begin and end. */
  private Part anchored() throws UnservedPatternException {
    Part anything = new Repeat(new One(CharacterSets.ALL), 0, -1);
    List<Part> parts = new ArrayList<>();
    if (!skips('^')) {
      parts.add(anything);
    }
    parts.add(sequence());
    if (!skips('$')) {
      parts.add(anything);
    }
    return new Sequence(parts);
  }

  private Part either() throws UnservedPatternException {
    List<Part> branches = new ArrayList<>();
    do {
      branches.add(sequence());
    } while (skips('|'));
    return new Either(branches);
  }

  private Part sequence() throws UnservedPatternException {
    List<Part> parts = new ArrayList<>();
    while (at < pattern.length && !sees('|') && !sees(')') && !sees('$')) {
      parts.add(repeated(atom()));
    }
    return new Sequence(parts);
  }

  private Part repeated(Part atom) throws UnservedPatternException {
    int least;
    int most = -1;
    if (skips('*')) {
      least = 0;
    } else if (skips('+')) {
      least = 1;
    } else if (skips('?')) {
      least = 0;
      most = 1;
    } else if (skips('{')) {
      least = count();
      if (!skips(',')) {
        most = least;
      } else if (!sees('}')) {
        most = count();
      }
      if (!skips('}') || (most >= 0 && most < least)) {
        throw unserved();
      }
    } else {
      return atom;
    }
    // a lazy quantifier finds the same texts
    boolean isLazy = skips('?');
    if (!isLazy && (sees('+') || sees('*') || sees('?') || sees('{'))) {
      throw unserved();
    }
    return new Repeat(atom, least, most);
  }

  private int count() throws UnservedPatternException {
    int count = 0;
    int from = at;
    while (at < pattern.length && pattern[at] >= '0' && pattern[at] <= '9') {
      count = Math.min(MOST_REPEATS + 1, count * 10 + pattern[at] - '0');
      at++;
    }
    if (at == from || count > MOST_REPEATS) {
      throw unserved();
    }
    return count;
  }

  private Part atom() throws UnservedPatternException {
    if (skips('(')) {
      if (sees('?') && !skips("?:")) {
        throw unserved();
      }
      Part group = either();
      if (!skips(')')) {
        throw unserved();
      }
      return group;
    }
    if (skips('[')) {
      return new One(characterClass());
    }
    if (skips('.')) {
      return new One(CharacterSets.WITHOUT_LINE_ENDS);
    }
    if (skips('\\')) {
      return new One(escaped(false));
    }
    if (SPECIAL.indexOf(pattern[at]) >= 0) {
      throw unserved();
    }
    return new One(one(taken()));
  }

  private BitSet one(int character) throws UnservedPatternException {
    if (!CharacterSets.ALL.get(character)) {
      throw new UnservedPatternException("has a character that is not written in texts");
    }
    return CharacterSets.range(character, character);
  }

  private BitSet characterClass() throws UnservedPatternException {
    boolean isNegated = skips('^');
    BitSet members = new BitSet();
    while (!skips(']')) {
      // Java reads these as operators on classes, ECMA-262 as characters
      if (sees('[') || sees('&')) {
        throw unserved();
      }
      BitSet member = skips('\\') ? escaped(isNegated) : one(taken());
      if (sees('-') && at + 1 < pattern.length && pattern[at + 1] != ']') {
        at++;
        BitSet last = skips('\\') ? escaped(isNegated) : one(taken());
        boolean isRange =
            member.cardinality() == 1
                && last.cardinality() == 1
                && member.nextSetBit(0) <= last.nextSetBit(0);
        if (!isRange) {
          throw unserved();
        }
        member = CharacterSets.range(member.nextSetBit(0), last.nextSetBit(0));
      }
      members.or(member);
    }
    BitSet all = isNegated ? CharacterSets.not(members) : members;
    all.and(CharacterSets.ALL);
    return all;
  }

  /**
   * The characters that an escape stands for.
   *
   * @param wide whether to take the larger set where the dialects differ
   */
  private BitSet escaped(boolean wide) throws UnservedPatternException {
    int from = at;
    int letter = taken();
    return switch (letter) {
      case 'd' -> CharacterSets.DIGITS;
      case 'D' -> CharacterSets.not(CharacterSets.DIGITS);
      case 'w' -> CharacterSets.WORD;
      case 'W' -> CharacterSets.not(CharacterSets.WORD);
      case 's' -> wide ? CharacterSets.ANY_BLANKS : CharacterSets.SURE_BLANKS;
      case 'S' -> CharacterSets.not(wide ? CharacterSets.SURE_BLANKS : CharacterSets.ANY_BLANKS);
      case 'n' -> one('\n');
      case 'r' -> one('\r');
      case 't' -> one('\t');
      case 'u' -> one(hexadecimal(4));
      case 'x' -> one(hexadecimal(2));
      case 'p' -> property();
      case 'P' -> CharacterSets.not(property());
      default -> {
        if (letter >= 0x80 || Character.isLetterOrDigit(letter)) {
          at = from;
          throw unserved();
        }
        yield one(letter);
      }
    };
  }

  private int hexadecimal(int digits) throws UnservedPatternException {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(taken(), 16);
      if (digit < 0) {
        throw unserved();
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private BitSet property() throws UnservedPatternException {
    StringBuilder name = new StringBuilder();
    if (!skips('{')) {
      throw unserved();
    }
    while (!skips('}')) {
      name.appendCodePoint(taken());
    }
    return CharacterSets.withProperty(name.toString())
        .orElseThrow(
            () ->
                new UnservedPatternException(
                    "uses the property '" + name + "', which is unknown here"));
  }
}
