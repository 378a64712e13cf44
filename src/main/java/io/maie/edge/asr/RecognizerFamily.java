package io.maie.edge.asr;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import java.io.IOException;

/** Makes recognisers for one family of models. */
@FunctionalInterface
public interface RecognizerFamily {

  /**
   * A recogniser that uses the model in {@code folder}; may leave opening it to the first use.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if the model's description is wrong
   */
  SpeechRecognizer open(ModelFolder folder) throws ProcessingException, IOException;
}
