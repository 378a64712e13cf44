package io.maie.edge.text.correct;

import io.maie.edge.text.TextLanguage;
import io.maie.edge.text.clean.EditDistance;
import io.maie.edge.text.clean.Numerals;
import io.maie.edge.text.ground.SaidFacts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks that one sentence is a correction of another: most words are the same, all numbers are,
 * and no name is new.
 */
final class SentenceCheck {
  /** The most words that may change, as a share of the longer sentence. */
  private static final double MOST_CHANGES = 0.34;

  /** One word of a short sentence may always change. */
  private static final int FEW_WORDS = 3;

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}']+");

  private final SaidFacts facts;
  private final TextLanguage language;

  /** A check against the names of a whole transcript. */
  SentenceCheck(SaidFacts facts, TextLanguage language) {
    this.facts = facts;
    this.language = language;
  }

  boolean isCorrection(String before, String after) {
    return !after.isBlank()
        && after.lines().count() == 1
        && isClose(words(before), words(after))
        && facts.missing(after, SaidFacts.Kind.TEXT).isEmpty()
        && keepsNumbers(before, after);
  }

  private static boolean isClose(List<String> before, List<String> after) {
    double rate = EditDistance.rateOfWords(before, after);
    int longer = Math.max(before.size(), after.size());
    return rate <= MOST_CHANGES || (longer <= FEW_WORDS && rate * longer <= 1);
  }

  private boolean keepsNumbers(String before, String after) {
    return holds(Numerals.said(after, language), before)
        && holds(Numerals.said(before, language), after);
  }

  private boolean holds(Set<String> values, String text) {
    return Numerals.claimed(text, language).stream()
        .allMatch(numeral -> numeral.values().stream().anyMatch(values::contains));
  }

  private static List<String> words(String text) {
    return NO_WORD
        .splitAsStream(text.toLowerCase(Locale.ROOT).replace('’', '\''))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
