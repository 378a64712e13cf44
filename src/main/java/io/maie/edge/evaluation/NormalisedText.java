package io.maie.edge.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Text as it is compared, so that spelling conventions do not count as errors.
 *
 * <ol>
 *   <li>Letters are lower-case; typographic apostrophes are straight.
 *   <li>In English, numerals are spelled out as {@link SpelledNumbers} says.
 *   <li>Hyphens, dashes, slashes and underscores separate words.
 *   <li>Everything else that is no letter, digit or apostrophe separates words; apostrophes around
 *       a word go.
 *   <li>The English titles mr, mrs and dr are written mister, missus and doctor.
 * </ol>
 */
public final class NormalisedText {
  private static final String ENGLISH = "en";
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}']+");
  private static final Map<String, String> TITLES =
      Map.of("mr", "mister", "mrs", "missus", "dr", "doctor");

  private NormalisedText() {}

  /**
   * The words of {@code text}.
   *
   * @param language ISO 639-1
   */
  public static List<String> words(String text, String language) {
    boolean isEnglish = language.equals(ENGLISH);
    String plain = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'').replace('\u2018', '\'');
    String spelled = isEnglish ? SpelledNumbers.spell(plain) : plain;
    List<String> words = new ArrayList<>();
    for (String part : NO_WORD.split(spelled, -1)) {
      String word = withoutQuotes(part);
      if (!word.isEmpty()) {
        words.add(isEnglish ? TITLES.getOrDefault(word, word) : word);
      }
    }
    return words;
  }

  private static String withoutQuotes(String word) {
    int start = 0;
    int end = word.length();
    while (start < end && word.charAt(start) == '\'') {
      start++;
    }
    while (end > start && word.charAt(end - 1) == '\'') {
      end--;
    }
    return word.substring(start, end);
  }

  /** The characters of {@code words}, joined by single blanks, one string each. */
  public static List<String> characters(List<String> words) {
    return String.join(" ", words).codePoints().mapToObj(Character::toString).toList();
  }
}
