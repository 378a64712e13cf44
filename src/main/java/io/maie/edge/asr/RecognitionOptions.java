package io.maie.edge.asr;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wishes of the sender of a recording for the recogniser.
 *
 * @param language ISO 639-1, {@code zh-Hans} or {@code zh-Hant}; null = find out
 * @param languages the languages that may be spoken if {@code language} is null; empty = any
 * @param translate into English instead of transcribing
 * @param initialPrompt text to condition the first window on
 * @param vocabulary words to prefer
 */
public record RecognitionOptions(
    @Nullable String language,
    List<String> languages,
    boolean translate,
    @Nullable String initialPrompt,
    List<String> vocabulary) {

  /** Find out the language, transcribe. */
  public static final RecognitionOptions DEFAULTS =
      new RecognitionOptions(null, false, null, List.of());

  public RecognitionOptions {
    languages = List.copyOf(requireNonNull(languages, "languages is null"));
    vocabulary = List.copyOf(requireNonNull(vocabulary, "vocabulary is null"));
  }

  /** Any language may be spoken. */
  public RecognitionOptions(
      @Nullable String language,
      boolean translate,
      @Nullable String initialPrompt,
      List<String> vocabulary) {
    this(language, List.of(), translate, initialPrompt, vocabulary);
  }

  /** Returns whether a language or script is among those asked for. */
  public boolean asksFor(String code) {
    return code.equals(language) || languages.contains(code);
  }

  /** The same for what does not begin the recording. */
  RecognitionOptions withoutPrompt() {
    return new RecognitionOptions(language, languages, translate, null, vocabulary);
  }
}
