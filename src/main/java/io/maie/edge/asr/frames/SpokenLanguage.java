package io.maie.edge.asr.frames;

import io.maie.edge.transcript.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The language that most words of a recording were heard in. */
final class SpokenLanguage {
  private SpokenLanguage() {}

  /**
   * The language of most words, with their share as its probability; empty if no window tells its
   * language.
   */
  static Optional<Language> of(List<KeptWindow> windows) {
    Map<String, Integer> words = new TreeMap<>();
    for (KeptWindow window : windows) {
      String language = window.tags().language();
      if (!language.isEmpty() && !window.words().isEmpty()) {
        words.merge(language, window.words().size(), Integer::sum);
      }
    }
    int all = words.values().stream().mapToInt(Integer::intValue).sum();
    return words.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most -> new Language(most.getKey(), (double) most.getValue() / all));
  }
}
