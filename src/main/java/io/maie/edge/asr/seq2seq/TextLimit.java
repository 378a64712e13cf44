package io.maie.edge.asr.seq2seq;

import java.util.Optional;

/**
 * Ends a hypothesis that does not end itself.
 *
 * @param maxTokens tokens of the longest one, 1 or more
 * @param loop the rule that ends a loop; empty = loops continue
 */
public record TextLimit(int maxTokens, Optional<TokenLoop> loop) {

  public TextLimit {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("expected 1 token or more, found " + maxTokens);
    }
  }

  /** Ends a hypothesis that is too long or a loop. */
  public static TextLimit of(int maxTokens, TokenLoop loop) {
    return new TextLimit(maxTokens, Optional.of(loop));
  }

  boolean isReached(Hypothesis hypothesis) {
    return hypothesis.length() >= maxTokens
        || (loop.isPresent() && loop.get().isAtEndOf(hypothesis));
  }
}
