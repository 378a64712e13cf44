package io.maie.edge.asr;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of a recording asks of the recogniser.
 *
 * @param language ISO 639-1; null = find out
 * @param translate into English instead of transcribing
 * @param initialPrompt text to condition the first window on
 * @param vocabulary words to prefer
 */
public record RecognitionOptions(
    @Nullable String language,
    boolean translate,
    @Nullable String initialPrompt,
    List<String> vocabulary) {

  /** Find out the language, transcribe. */
  public static final RecognitionOptions DEFAULTS =
      new RecognitionOptions(null, false, null, List.of());

  public RecognitionOptions {
    vocabulary = List.copyOf(requireNonNull(vocabulary, "vocabulary is null"));
  }

  /** The same for what does not begin the recording. */
  RecognitionOptions withoutPrompt() {
    return new RecognitionOptions(language, translate, null, vocabulary);
  }
}
