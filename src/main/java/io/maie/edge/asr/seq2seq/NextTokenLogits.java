package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;

/** The model's opinion of what follows, row by row. */
@FunctionalInterface
public interface NextTokenLogits {

  /**
   * Logits of the tokens that may follow. Tokens may be forbidden in them; valid until the next
   * call.
   *
   * @param row index among the hypotheses that are open
   */
  TokenScores row(int row) throws ProcessingException;
}
