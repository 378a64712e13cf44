package io.maie.edge.pipeline;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.vad.VoiceActivityDetector;

/** Finds the voice activity detector of this installation. */
@FunctionalInterface
public interface DetectorChoice {

  /**
   * The detector to use.
   *
   * @throws ProcessingException {@code MODEL_MISSING} or {@code MODEL_LOAD_ERROR}
   */
  VoiceActivityDetector choose() throws ProcessingException;
}
