package io.maie.edge.pipeline;

import io.maie.edge.diarization.Diarizer;
import io.maie.edge.failure.ProcessingException;

/** Finds what tells the speakers apart in this installation. */
@FunctionalInterface
public interface DiarizerChoice {

  /**
   * The diarizer to use.
   *
   * @throws ProcessingException {@code MODEL_MISSING} or {@code MODEL_LOAD_ERROR}
   */
  Diarizer choose() throws ProcessingException;
}
