package io.maie.edge.asr.whisper;

import io.maie.edge.failure.ProcessingException;

/** The model's opinion of what follows, row by row. */
@FunctionalInterface
interface NextScores {

  /**
   * Logits of the tokens that may follow, shape (vocabulary size). May be written to; valid until
   * the next call.
   *
   * @param row index among the hypotheses that are open
   */
  float[] row(int row) throws ProcessingException;
}
