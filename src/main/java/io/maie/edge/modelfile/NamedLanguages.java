package io.maie.edge.modelfile;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The languages of models that name none in a file. */
final class NamedLanguages {
  /** Codes that publishers put between dashes; others would be words. */
  private static final Set<String> CODES =
      Set.of(
          "ar", "de", "en", "es", "fr", "it", "ja", "ko", "pl", "pt", "ru", "th", "uk", "vi", "zh");

  /** Languages of Parakeet TDT 0.6b v3, by its model card. */
  private static final List<String> EUROPEAN =
      List.of(
          "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hr", "hu", "it", "lt", "lv",
          "mt", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "uk");

  private NamedLanguages() {}

  /** Languages on the card, else those that the folder's name tells; empty if neither does. */
  static List<String> of(Path folder, ModelCard card) {
    if (!card.languages().isEmpty()) {
      return card.languages();
    }
    String name = String.valueOf(folder.getFileName()).toLowerCase(Locale.ROOT);
    if (name.contains("parakeet")) {
      return name.contains("v3") ? EUROPEAN : List.of("en");
    }
    return Arrays.stream(name.split("[-_.]", -1))
        .map(word -> word.equals("vie") ? "vi" : word)
        .filter(CODES::contains)
        .distinct()
        .toList();
  }
}
