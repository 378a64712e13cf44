package io.maie.edge.text;

import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Transcript;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A language that there are rules for, or any other. */
public enum TextLanguage {
  ENGLISH,
  VIETNAMESE,
  OTHER;

  private static final Pattern WORD_END = Pattern.compile("[^\\p{L}\\p{M}']+");

  /** Letters that of all larger languages only Vietnamese has. */
  private static final Pattern VIETNAMESE_LETTER =
      Pattern.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]");

  private static final Set<String> ENGLISH_WORDS =
      Set.of(
          "the", "and", "is", "it", "to", "of", "that", "you", "we", "this", "for", "was", "are",
          "have", "with", "not");

  /** Share of telling words from which a text counts as of that language. */
  private static final double ENOUGH = 0.12;

  /** The language that the recogniser found, or else that of the words. */
  public static TextLanguage of(Transcript transcript) {
    return transcript
        .language()
        .map(Language::code)
        .map(TextLanguage::ofCode)
        .orElseGet(() -> ofText(transcript.text()));
  }

  /** The one of three things that belongs to this language. */
  public <T> T choose(T english, T vietnamese, T other) {
    return switch (this) {
      case ENGLISH -> english;
      case VIETNAMESE -> vietnamese;
      case OTHER -> other;
    };
  }

  /** The language with this ISO 639-1 code. */
  public static TextLanguage ofCode(String code) {
    return switch (code) {
      case "en" -> ENGLISH;
      case "vi" -> VIETNAMESE;
      default -> OTHER;
    };
  }

  /** The language that the words are in. */
  public static TextLanguage ofText(String text) {
    List<String> words =
        WORD_END
            .splitAsStream(text.toLowerCase(Locale.ROOT))
            .filter(word -> !word.isEmpty())
            .toList();
    double enough = ENOUGH * words.size();
    if (words.isEmpty()) {
      return OTHER;
    }
    if (words.stream().filter(word -> VIETNAMESE_LETTER.matcher(word).find()).count() >= enough) {
      return VIETNAMESE;
    }
    return words.stream().filter(ENGLISH_WORDS::contains).count() >= enough ? ENGLISH : OTHER;
  }
}
