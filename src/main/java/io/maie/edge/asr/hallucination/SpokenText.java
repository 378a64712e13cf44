package io.maie.edge.asr.hallucination;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Spoken form of a text: its words, without case, punctuation and typographic variants. Where words
 * are written without blanks between them, a unit is one letter with its marks.
 *
 * @param written the text in NFC without surrounding blanks
 * @param units in order; empty if the text has neither letters nor digits
 */
record SpokenText(String written, List<Unit> units) {
  /** Quarters in a word. */
  private static final int WORD = 4;

  /** Scripts of about two letters a word, none of them followed by blanks. */
  private static final Set<UnicodeScript> TWO_A_WORD =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO);

  /** Scripts of about four letters a word, none of them followed by blanks. */
  private static final Set<UnicodeScript> FOUR_A_WORD =
      Set.of(
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN);

  private static final String APOSTROPHES = "'\u2018\u2019";

  /**
   * A word or a letter.
   *
   * @param quarters its part of a word, in quarters
   */
  record Unit(String text, int quarters) {}

  SpokenText {
    units = List.copyOf(units);
  }

  static SpokenText of(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    Splitter splitter = new Splitter();
    folded.codePoints().forEach(splitter::add);
    splitter.endWord();
    return new SpokenText(Normalizer.normalize(text, Normalizer.Form.NFC).strip(), splitter.units);
  }

  /** Equal for texts that sound the same. */
  String sound() {
    return units.stream().map(Unit::text).collect(Collectors.joining(" "));
  }

  int words() {
    return words(units);
  }

  /** The number of words that {@code units} make up, at least 1 unless there are none. */
  static int words(List<Unit> units) {
    return (units.stream().mapToInt(Unit::quarters).sum() + WORD - 1) / WORD;
  }

  /** Collects units from code points. */
  private static final class Splitter {
    private final List<Unit> units = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();

    /** True if marks belong to the last unit. */
    private boolean afterLetter;

    void add(int c) {
      int quarters = quarters(c);
      if (isAttached(c)) {
        attach(c);
      } else if (!Character.isLetterOrDigit(c)) {
        pause(c);
      } else if (quarters < WORD) {
        endWord();
        units.add(new Unit(Character.toString(c), quarters));
        afterLetter = true;
      } else {
        word.appendCodePoint(c);
        afterLetter = false;
      }
    }

    void endWord() {
      if (word.length() > 0) {
        units.add(new Unit(word.toString(), WORD));
        word.setLength(0);
      }
    }

    private void pause(int c) {
      boolean isWithinWord =
          Character.getType(c) == Character.FORMAT || APOSTROPHES.indexOf(c) >= 0;
      if (!isWithinWord) {
        endWord();
        afterLetter = false;
      }
    }

    private void attach(int c) {
      if (afterLetter) {
        Unit last = units.remove(units.size() - 1);
        units.add(new Unit(last.text + Character.toString(c), last.quarters));
      } else if (word.length() > 0) {
        word.appendCodePoint(c);
      }
    }

    /** Accents and vowel signs; the sign that lengthens a Japanese vowel. */
    private boolean isAttached(int c) {
      return switch (Character.getType(c)) {
        case Character.NON_SPACING_MARK,
            Character.COMBINING_SPACING_MARK,
            Character.ENCLOSING_MARK ->
            true;
        case Character.MODIFIER_LETTER -> afterLetter;
        default -> false;
      };
    }

    private static int quarters(int c) {
      UnicodeScript script = UnicodeScript.of(c);
      if (TWO_A_WORD.contains(script)) {
        return WORD / 2;
      }
      return FOUR_A_WORD.contains(script) ? 1 : WORD;
    }
  }
}
