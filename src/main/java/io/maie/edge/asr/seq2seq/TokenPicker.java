package io.maie.edge.asr.seq2seq;

/** Chooses the next token from scores. */
@FunctionalInterface
public interface TokenPicker {

  /**
   * A token.
   *
   * @param scores logits; one that is forbidden must not be chosen
   * @param highest of them
   */
  int of(TokenScores scores, float highest);

  /** The one with the highest score; the first of equals. */
  static int best(TokenScores scores, float highest) {
    int token = scores.firstAbove(Math.nextDown(highest), 0);
    return token < scores.size() ? token : 0;
  }
}
