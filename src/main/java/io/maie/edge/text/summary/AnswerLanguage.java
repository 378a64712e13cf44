package io.maie.edge.text.summary;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.text.TextLanguage;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Checks by letters and words whether an answer is in a language that was asked for. */
final class AnswerLanguage {
  /** Fewer words of a terse answer do not tell its language. */
  private static final int ENOUGH_WORDS = 40;

  /** Scripts that Japanese mixes with Han. */
  private static final Set<UnicodeScript> JAPANESE =
      Set.of(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);

  private AnswerLanguage() {}

  /**
   * Returns whether {@code answer} is in the language of {@code said} or in that of {@code
   * example}.
   */
  static boolean isExpected(JsonNode answer, String said, JsonNode example) {
    String written = texts(answer);
    return isAlike(written, said) || isAlike(written, texts(example));
  }

  /** Returns whether {@code answer} is in the language of {@code said}. */
  static boolean isThatOf(JsonNode answer, String said) {
    return isAlike(texts(answer), said);
  }

  private static boolean isAlike(String one, String other) {
    TextLanguage language = TextLanguage.ofText(one);
    boolean isUnsure =
        language == TextLanguage.OTHER && one.split("\\s+", -1).length < ENOUGH_WORDS;
    return script(one) == script(other) && (isUnsure || language == TextLanguage.ofText(other));
  }

  private static String texts(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    StringBuilder texts = new StringBuilder();
    node.forEach(child -> texts.append(texts(child)).append('\n'));
    return texts.toString();
  }

  /** The script of most letters. */
  private static UnicodeScript script(String text) {
    Map<UnicodeScript, Integer> counts = new EnumMap<>(UnicodeScript.class);
    text.codePoints()
        .filter(Character::isLetter)
        .mapToObj(UnicodeScript::of)
        .map(found -> JAPANESE.contains(found) ? UnicodeScript.HAN : found)
        .forEach(found -> counts.merge(found, 1, Integer::sum));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(UnicodeScript.COMMON);
  }
}
