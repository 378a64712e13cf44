package io.maie.edge.request;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Numbers of channels and tracks among words. */
final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,3}");

  private Numbers() {}

  /** Returns whether {@code word} is a number from 1 to 9999. */
  static boolean isNumber(String word) {
    return NUMBER.matcher(word).matches();
  }

  /** The number; empty for any other word. */
  static OptionalInt number(String word) {
    return isNumber(word) ? OptionalInt.of(Integer.parseInt(word)) : OptionalInt.empty();
  }

  /** A number as such, other words as texts. */
  static Object value(String word) {
    return isNumber(word) ? (Object) Integer.valueOf(word) : word;
  }
}
