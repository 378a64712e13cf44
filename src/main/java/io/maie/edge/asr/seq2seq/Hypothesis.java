package io.maie.edge.asr.seq2seq;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of tokens behind the prompt, and its score. Immutable; hypotheses share their
 * beginnings. Used by one thread.
 */
public final class Hypothesis {
  public static final Hypothesis EMPTY = new Hypothesis(null, -1, 0);

  private final @Nullable Hypothesis before;
  private final int token;
  private final float logProbability;
  private final float score;
  private final int length;

  /** Last answer of {@link #lastFrom} with its argument: it is asked after every token. */
  private int askedFrom = -1;

  private int answer = -1;

  private Hypothesis(@Nullable Hypothesis before, int token, float logProbability) {
    this.before = before;
    this.token = token;
    this.logProbability = logProbability;
    score = before == null ? 0 : before.score + logProbability;
    length = before == null ? 0 : before.length + 1;
  }

  public Hypothesis append(int next, float nextLogProbability) {
    return new Hypothesis(this, next, nextLogProbability);
  }

  /** Number of tokens, the end of the text included if it was reached. */
  public int length() {
    return length;
  }

  /** Sum of the natural logarithms of the tokens' probabilities. */
  public float score() {
    return score;
  }

  /** The last token but {@code back}; -1 if there are not so many. */
  public int token(int back) {
    Hypothesis at = this;
    for (int i = 0; i < back && at.before != null; i++) {
      at = at.before;
    }
    return at.token;
  }

  /** The last token that is {@code from} or more; -1 if there is none. */
  public int lastFrom(int from) {
    Hypothesis at = this;
    while (at.before != null && at.token < from && at.askedFrom != from) {
      at = at.before;
    }
    answer = at.askedFrom == from ? at.answer : at.token;
    askedFrom = from;
    return answer;
  }

  /**
   * The last tokens in order.
   *
   * @param count at most {@link #length}
   */
  int[] last(int count) {
    int[] tokens = new int[count];
    Hypothesis at = this;
    for (int i = count - 1; i >= 0 && at.before != null; i--) {
      tokens[i] = at.token;
      at = at.before;
    }
    return tokens;
  }

  /** The tokens in order, without the end of the text. */
  public List<ScoredToken> tokens(int endOfText) {
    Deque<ScoredToken> tokens = new ArrayDeque<>();
    for (Hypothesis at = this; at.before != null; at = at.before) {
      if (at.token != endOfText) {
        tokens.addFirst(new ScoredToken(at.token, at.logProbability));
      }
    }
    return List.copyOf(tokens);
  }
}
