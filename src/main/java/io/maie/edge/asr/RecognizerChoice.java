package io.maie.edge.asr;

import io.maie.edge.failure.ProcessingException;

/** Finds the recogniser that a recording asks for among those installed. */
@FunctionalInterface
public interface RecognizerChoice {

  /**
   * The recogniser to use.
   *
   * @throws ProcessingException {@code MODEL_MISSING} or {@code MODEL_LOAD_ERROR}; {@code
   *     INVALID_PARAMETERS} if the recording itself names a model that is not there; {@code
   *     LANGUAGE_UNSUPPORTED} if no model knows the language
   */
  ChosenRecognizer choose(RecognizerWish wish) throws ProcessingException;

  /** The same choice among recognisers that take as little memory as they can. */
  default RecognizerChoice sparingMemory() {
    return this;
  }
}
