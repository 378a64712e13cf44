package io.maie.edge.text.clean;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds where punctuation ends a sentence. */
final class SentenceEnds {
  private static final Pattern END = Pattern.compile("[.!?…。！？](?:[\"'”’)»」』）]*)$");
  private static final Pattern INITIAL = Pattern.compile("(?:\\p{Lu}\\.)+|(?:\\p{L}\\.){2,}");
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "vs.", "e.g.", "i.e.", "etc.", "jr.", "sr.",
          "approx.", "dept.", "gen.", "sen.", "rep.", "gov.", "ts.", "ths.", "tp.", "q.");

  private SentenceEnds() {}

  /** Returns whether {@code text} ends with a mark that may end a sentence. */
  static boolean isEnd(String text) {
    return END.matcher(text).find();
  }

  /**
   * Returns whether a sentence ends between two tokens of one speaker.
   *
   * @param isCased whether sentences begin with a capital
   */
  static boolean between(Token before, Token after, boolean isCased) {
    String text = before.text();
    if (!isEnd(text)) {
      return false;
    }
    if (!text.endsWith(".")) {
      return true;
    }
    boolean isNumber = text.equalsIgnoreCase("no.") && after.word().matches("\\d.*");
    boolean isShort =
        isNumber
            || ABBREVIATIONS.contains(text.toLowerCase(Locale.ROOT))
            || INITIAL.matcher(text).matches();
    int first = after.writtenWord().isEmpty() ? ' ' : after.writtenWord().codePointAt(0);
    return !isShort && !(isCased && Character.isLowerCase(first));
  }
}
