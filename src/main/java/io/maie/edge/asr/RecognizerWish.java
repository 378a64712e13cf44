package io.maie.edge.asr;

import static java.util.Objects.requireNonNull;

import io.maie.edge.request.AsrBackend;
import io.maie.edge.request.RecordingParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recogniser that a recording asks for.
 *
 * @param model a folder under {@code models/}; null = the configured one, else the only one, else
 *     the best verified model of that backend that knows the languages
 * @param languages codes of the languages that the model has to know; empty = any
 */
public record RecognizerWish(AsrBackend backend, @Nullable String model, List<String> languages) {

  public RecognizerWish {
    requireNonNull(backend, "backend is null");
    languages = List.copyOf(languages);
  }

  /** The wish of a recording. */
  public static RecognizerWish of(RecordingParameters parameters) {
    return new RecognizerWish(
        parameters.asrBackend(), parameters.asrModel(), parameters.languagesToKnow());
  }
}
