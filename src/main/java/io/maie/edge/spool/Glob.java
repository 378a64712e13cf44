package io.maie.edge.spool;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A name pattern with {@code *} for any characters and {@code ?} for one, matched without regard to
 * case. Takes time proportional to pattern times name at worst, whatever the pattern.
 */
final class Glob {
  private final String pattern;

  /** Suffix of a pattern that begins with its only wildcard, which most do. */
  private final @Nullable String suffix;

  Glob(String pattern) {
    this.pattern = lower(pattern);
    boolean isSuffix = pattern.lastIndexOf('*') == 0 && pattern.indexOf('?') < 0;
    suffix = isSuffix ? this.pattern.substring(1) : null;
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Returns whether a name in lower case matches. */
  boolean matches(String text) {
    if (suffix != null) {
      return text.endsWith(suffix);
    }
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
