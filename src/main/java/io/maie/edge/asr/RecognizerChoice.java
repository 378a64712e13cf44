package io.maie.edge.asr;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.request.AsrBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the recogniser that a recording asks for among those installed. */
@FunctionalInterface
public interface RecognizerChoice {

  /**
   * The recogniser to use.
   *
   * @param model a folder under {@code models/}; null = the configured one, else the only one, else
   *     the best verified model of that backend that knows the language
   * @param languages codes of the languages that the model has to know; empty = any
   * @throws ProcessingException {@code MODEL_MISSING} or {@code MODEL_LOAD_ERROR}; {@code
   *     INVALID_PARAMETERS} if the recording itself names a model that is not there; {@code
   *     LANGUAGE_UNSUPPORTED} if no model knows the language
   */
  ChosenRecognizer choose(AsrBackend backend, @Nullable String model, List<String> languages)
      throws ProcessingException;

  /** The same choice among recognisers that take as little memory as they can. */
  default RecognizerChoice sparingMemory() {
    return this;
  }
}
