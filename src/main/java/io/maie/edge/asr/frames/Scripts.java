package io.maie.edge.asr.frames;

import java.util.List;

/** Rules by which scripts separate words. */
final class Scripts {
  private Scripts() {}

  /** Returns whether the script of {@code codePoint} puts no blanks between words. */
  static boolean isWithoutBlanks(int codePoint) {
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }

  /** Joins words by blanks, except between two characters of scripts that use none. */
  static String join(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      if (!text.isEmpty()
          && !(isWithoutBlanks(text.codePointBefore(text.length()))
              && isWithoutBlanks(word.codePointAt(0)))) {
        text.append(' ');
      }
      text.append(word);
    }
    return text.toString();
  }
}
