package io.maie.edge.spool;

import java.util.Locale;

/**
 * A name pattern with {@code *} for any characters and {@code ?} for one, matched without regard to
 * case. Takes time proportional to pattern times name at worst, whatever the pattern.
 */
final class Glob {
  private final String pattern;

  Glob(String pattern) {
    this.pattern = pattern.toLowerCase(Locale.ROOT);
  }

  boolean matches(String name) {
    String text = name.toLowerCase(Locale.ROOT);
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        // the last star takes one character more
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  @Override
  public String toString() {
    return pattern;
  }
}
