package io.maie.edge.text.clean;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A piece of text between blanks.
 *
 * @param text with its punctuation, not empty
 * @param start first sample
 * @param end one past the last sample
 * @param speaker such as {@code S1}; null if it is not known
 * @param edge the gap before it
 */
record Token(String text, long start, long end, @Nullable String speaker, Edge edge) {
  /** Gap before a token. */
  enum Edge {
    /** A blank within a segment. */
    BLANK,
    /** Nothing: the script is written without blanks. */
    NONE,
    /** The start of a segment. */
    SEGMENT,
    /** A line break that was dictated. */
    LINE,
    /** A paragraph that was dictated. */
    PARAGRAPH
  }

  /** The same place with another text. */
  Token withText(String other) {
    return new Token(other, start, end, speaker, edge);
  }

  Token withEdge(Edge other) {
    return new Token(text, start, end, speaker, other);
  }

  /** One token in place of this and those up to {@code last}. */
  Token through(Token last, String other) {
    return new Token(other, start, Math.max(end, last.end), speaker, edge);
  }

  /** The same word between the same marks, written differently. */
  Token withWord(String written) {
    return withText(opening() + written + closing());
  }

  /** The word with a capital first. */
  Token capitalized() {
    String word = writtenWord();
    if (word.isEmpty()) {
      return this;
    }
    int first = word.offsetByCodePoints(0, 1);
    return withWord(word.substring(0, first).toUpperCase(Locale.ROOT) + word.substring(first));
  }

  /** The word without marks, in lower case; empty if there is none. */
  String word() {
    return writtenWord().toLowerCase(Locale.ROOT);
  }

  /** The word without marks as it is written. */
  String writtenWord() {
    int start = wordStart();
    return text.substring(start, Math.max(start, wordEnd()));
  }

  /** The marks before the word; all of the text if there is no word. */
  String opening() {
    return text.substring(0, wordStart());
  }

  /** The marks behind the word. */
  String closing() {
    return text.substring(Math.max(wordStart(), wordEnd()));
  }

  private int wordStart() {
    int at = 0;
    while (at < text.length() && !opensWord(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  private int wordEnd() {
    int at = text.length();
    while (at > 0 && !closesWord(text.codePointBefore(at))) {
      at -= Character.charCount(text.codePointBefore(at));
    }
    return at;
  }

  private static boolean opensWord(int character) {
    return Character.isLetterOrDigit(character) || "$€£".indexOf(character) >= 0;
  }

  private static boolean closesWord(int character) {
    int type = Character.getType(character);
    boolean isMark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    return Character.isLetterOrDigit(character) || isMark || character == '%';
  }

  boolean isDictatedBreak() {
    return edge == Edge.LINE || edge == Edge.PARAGRAPH;
  }
}
