package io.maie.edge.asr.seq2seq;

/** Rules for the next token of a model. */
@FunctionalInterface
public interface TokenRules {

  /**
   * Forbids what must not follow.
   *
   * @param scores logits or log-probabilities
   * @param said the tokens behind the prompt
   * @return the highest score that is left
   */
  float apply(TokenScores scores, Hypothesis said);
}
