package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;

/** Scores of tokens that a test writes down. */
public final class Scores {
  private Scores() {}

  /** The scores of tokens 0, 1 and so on. */
  public static TokenScores of(float... values) {
    TokenScores scores = TokenScores.ofSize(values.length);
    try {
      scores.load(target -> System.arraycopy(values, 0, target, 0, values.length));
    } catch (ProcessingException e) {
      throw new AssertionError(e);
    }
    return scores;
  }
}
