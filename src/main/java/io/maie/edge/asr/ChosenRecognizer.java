package io.maie.edge.asr;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The recogniser that a recording gets.
 *
 * @param languages codes of the languages that its model knows; empty if that is not known
 */
public record ChosenRecognizer(SpeechRecognizer recognizer, List<String> languages) {

  public ChosenRecognizer {
    requireNonNull(recognizer, "recognizer is null");
    languages = List.copyOf(languages);
  }
}
