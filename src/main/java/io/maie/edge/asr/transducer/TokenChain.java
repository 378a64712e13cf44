package io.maie.edge.asr.transducer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a hypothesis, shared with those that it branched off from. Immutable.
 *
 * @param before null for the first one
 * @param length number of tokens
 * @param hash of the tokens, not of their times
 */
record TokenChain(@Nullable TokenChain before, SaidToken last, int length, int hash) {

  static TokenChain of(@Nullable TokenChain before, SaidToken last) {
    int hash = 31 * (before == null ? 1 : before.hash) + last.token();
    return new TokenChain(before, last, lengthOf(before) + 1, hash);
  }

  static int lengthOf(@Nullable TokenChain chain) {
    return chain == null ? 0 : chain.length;
  }

  /** Returns whether two hypotheses say the same tokens, at whatever times. */
  @SuppressWarnings("ReferenceEquality") // from a common token on, chains are one
  static boolean saysTheSame(@Nullable TokenChain one, @Nullable TokenChain other) {
    TokenChain mine = one;
    TokenChain theirs = other;
    while (mine != theirs) {
      if (mine == null
          || theirs == null
          || mine.length != theirs.length
          || mine.hash != theirs.hash
          || mine.last.token() != theirs.last.token()) {
        return false;
      }
      mine = mine.before;
      theirs = theirs.before;
    }
    return true;
  }

  static List<SaidToken> tokens(@Nullable TokenChain chain) {
    List<SaidToken> tokens = new ArrayList<>();
    for (TokenChain at = chain; at != null; at = at.before) {
      tokens.add(at.last);
    }
    Collections.reverse(tokens);
    return tokens;
  }
}
