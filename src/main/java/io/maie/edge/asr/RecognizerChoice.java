package io.maie.edge.asr;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.request.AsrBackend;
import org.jspecify.annotations.Nullable;

/** Finds the recogniser that a recording asks for among those installed. */
@FunctionalInterface
public interface RecognizerChoice {

  /**
   * The recogniser to use.
   *
   * @param model a folder under {@code models/}; null = the configured one, else the only one, else
   *     the largest verified model of that backend that is not a starter
   * @throws ProcessingException {@code MODEL_MISSING} or {@code MODEL_LOAD_ERROR}; {@code
   *     INVALID_PARAMETERS} if the recording itself names a model that is not there
   */
  SpeechRecognizer choose(AsrBackend backend, @Nullable String model) throws ProcessingException;
}
