package io.maie.edge.text.constrain;

/**
 * Progress within a character of a JSON text, as a number: between two characters, within a
 * character of several bytes in UTF-8, or within an escape.
 *
 * <p>UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF. Escapes
 * stand for line feed, carriage return, tab, quote, both slashes, and with {@code \}{@code u} for
 * any character of the first plane beyond ASCII that is no surrogate.
 */
final class TextMode {
  static final int DEAD = -1;

  /** Before the quote that begins the text. */
  static final int START = 0;

  /** Between two characters. */
  static final int BODY = 1;

  /** After the backslash of an escape. */
  static final int ESCAPE = 2;

  private static final int KIND_BITS = 3;
  private static final int KIND_MASK = (1 << KIND_BITS) - 1;
  private static final int COUNT_BITS = 3;
  private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;
  private static final int LEFT_SHIFT = KIND_BITS;
  private static final int LENGTH_SHIFT = LEFT_SHIFT + COUNT_BITS;
  private static final int VALUE_SHIFT = LENGTH_SHIFT + COUNT_BITS;

  private static final int TAIL = 3;
  private static final int HEX = 4;
  private static final int CHARACTER = 5;

  private static final int HEX_DIGITS = 4;

  /** The first character that an escape with digits may stand for. */
  private static final int FIRST_BY_NUMBER = 0x80;

  private static final int FIRST_SURROGATE = 0xD800;
  private static final int LAST_SURROGATE = 0xDFFF;

  private TextMode() {}

  private static int of(int kind, int left, int length, int value) {
    return kind | left << LEFT_SHIFT | length << LENGTH_SHIFT | value << VALUE_SHIFT;
  }

  private static int kind(int mode) {
    return mode & KIND_MASK;
  }

  private static int length(int mode) {
    return mode >> LENGTH_SHIFT & COUNT_MASK;
  }

  private static int value(int mode) {
    return mode >>> VALUE_SHIFT;
  }

  /** Returns whether a character is complete; {@link #least} then tells which. */
  static boolean isCharacter(int mode) {
    return kind(mode) == CHARACTER;
  }

  /** Returns whether a character has begun and needs more bytes of UTF-8. */
  static boolean isTail(int mode) {
    return kind(mode) == TAIL;
  }

  /** The number of bytes that the character lacks, once its length is known. */
  static int left(int mode) {
    return mode >> LEFT_SHIFT & COUNT_MASK;
  }

  /**
   * The mode after one more byte that is no quote.
   *
   * @return {@link #DEAD} if the byte cannot follow
   */
  static int next(int mode, int octet) {
    return switch (kind(mode)) {
      case BODY -> begun(octet);
      case ESCAPE -> escaped(octet);
      case TAIL -> (octet & 0xC0) == 0x80 ? shifted(mode, 6, octet & 0x3F) : DEAD;
      case HEX -> {
        int digit = Character.digit(octet, 16);
        yield digit < 0 ? DEAD : shifted(mode, 4, digit);
      }
      default -> DEAD;
    };
  }

  private static int begun(int octet) {
    if (octet == '\\') {
      return ESCAPE;
    }
    if (octet < 0x80) {
      return octet < ' ' ? DEAD : of(CHARACTER, 0, 1, octet);
    }
    if (octet < 0xC2 || octet > 0xF4) {
      return DEAD;
    }
    int length = octet < 0xE0 ? 2 : octet < 0xF0 ? 3 : 4;
    return of(TAIL, length - 1, length, octet & (0x7F >> length));
  }

  private static int escaped(int octet) {
    return switch (octet) {
      case '"', '\\', '/' -> of(CHARACTER, 0, 1, octet);
      case 'n' -> of(CHARACTER, 0, 1, '\n');
      case 'r' -> of(CHARACTER, 0, 1, '\r');
      case 't' -> of(CHARACTER, 0, 1, '\t');
      case 'u' -> of(HEX, HEX_DIGITS, 0, 0);
      default -> DEAD;
    };
  }

  private static int shifted(int mode, int bits, int digit) {
    int left = left(mode) - 1;
    int next = of(kind(mode), left, length(mode), value(mode) << bits | digit);
    if (least(next) > most(next)) {
      return DEAD;
    }
    return left == 0 ? of(CHARACTER, 0, 1, value(next)) : next;
  }

  /** The least character that a begun one can become. */
  static int least(int mode) {
    int least = value(mode) << (left(mode) * bits(mode));
    if (least >= FIRST_SURROGATE && least <= LAST_SURROGATE) {
      return LAST_SURROGATE + 1;
    }
    return kind(mode) == CHARACTER ? least : Math.max(least, floor(mode));
  }

  /** The greatest character that a begun one can become; below {@link #least} if there is none. */
  static int most(int mode) {
    int shift = left(mode) * bits(mode);
    int most = (value(mode) << shift) + (1 << shift) - 1;
    if (most >= FIRST_SURROGATE && most <= LAST_SURROGATE) {
      return FIRST_SURROGATE - 1;
    }
    return Math.min(most, Character.MAX_CODE_POINT);
  }

  private static int bits(int mode) {
    return kind(mode) == HEX ? 4 : 6;
  }

  private static int floor(int mode) {
    return switch (length(mode)) {
      case 0 -> FIRST_BY_NUMBER;
      case 3 -> 0x800;
      case 4 -> 0x10000;
      default -> 0;
    };
  }
}
