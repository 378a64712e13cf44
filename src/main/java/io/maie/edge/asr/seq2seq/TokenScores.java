package io.maie.edge.asr.seq2seq;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import java.util.Arrays;

/**
 * Scores of a model for every possible next token: logits, of which some are forbidden. Remembers a
 * bound for each group of tokens, so that the best are found without another look at all of them; a
 * vocabulary has fifty thousand. Used again for the next row. Not thread-safe.
 */
public final class TokenScores {
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  private final float[] values;

  /** Upper bound of the scores in each group: forbidding only lowers scores. */
  private final float[] bounds;

  private TokenScores(float[] values) {
    this.values = values;
    bounds = new float[(values.length + LogSumExp.GROUP - 1) / LogSumExp.GROUP];
  }

  /** Room for scores, which are {@link #load}ed. */
  public static TokenScores ofSize(int vocabularySize) {
    return new TokenScores(new float[vocabularySize]);
  }

  /** Replaces all scores by those that {@code source} writes. */
  public void load(Source source) throws ProcessingException {
    requireNonNull(source, "source is null").write(values);
    LogSumExp.peaks(values, bounds);
  }

  /** Tokens in the vocabulary. */
  public int size() {
    return values.length;
  }

  /** A logit; negative infinity = the token must not follow. */
  public float get(int token) {
    return values[token];
  }

  public void forbid(int token) {
    values[token] = NEVER;
  }

  /** Forbids the tokens in [from, to); none if that is empty. */
  public void forbid(int from, int to) {
    if (from >= to) {
      return;
    }
    Arrays.fill(values, from, to, NEVER);
    int first = (from + LogSumExp.GROUP - 1) / LogSumExp.GROUP;
    int last = to == size() ? bounds.length : to / LogSumExp.GROUP;
    if (first < last) {
      Arrays.fill(bounds, first, last, NEVER);
    }
  }

  /** The highest score in [from, to); negative infinity if there is none. */
  public float highest(int from, int to) {
    if (from >= to) {
      return NEVER;
    }
    // the group that promises most is looked at first, and mostly alone
    int first = from / LogSumExp.GROUP;
    int last = (to - 1) / LogSumExp.GROUP;
    int top = first;
    for (int group = first; group <= last; group++) {
      top = bounds[group] > bounds[top] ? group : top;
    }
    float highest = highestInGroup(top, from, to);
    for (int group = first; group <= last; group++) {
      if (bounds[group] > highest) {
        highest = Math.max(highest, highestInGroup(group, from, to));
      }
    }
    return highest;
  }

  private float highestInGroup(int group, int from, int to) {
    int start = group * LogSumExp.GROUP;
    return LogSumExp.max(values, Math.max(from, start), Math.min(to, start + LogSumExp.GROUP));
  }

  /** Natural logarithm of the sum of the exponentials of all scores. */
  public double logSum() {
    return logSum(0, size(), highest(0, size()));
  }

  /**
   * The same for the scores in [from, to), given their maximum. Groups that are forbidden as a
   * whole, such as all words before a timestamp, are skipped at both ends.
   */
  public double logSum(int from, int to, float highest) {
    int first = from;
    while (first < to && bounds[first / LogSumExp.GROUP] == NEVER) {
      first = endOfGroup(first);
    }
    int end = to;
    while (end > first && bounds[(end - 1) / LogSumExp.GROUP] == NEVER) {
      end = (end - 1) / LogSumExp.GROUP * LogSumExp.GROUP;
    }
    return LogSumExp.of(values, first, Math.max(first, end), highest);
  }

  /** The first token from {@code from} on whose score is above {@code limit}; size() if none. */
  public int firstAbove(float limit, int from) {
    int token = from;
    while (token < size()) {
      int end = endOfGroup(token);
      int found = bounds[token / LogSumExp.GROUP] > limit ? firstAbove(limit, token, end) : end;
      if (found < end) {
        return found;
      }
      token = end;
    }
    return size();
  }

  private int firstAbove(float limit, int from, int to) {
    int token = from;
    while (token < to && !(values[token] > limit)) {
      token++;
    }
    return token;
  }

  private int endOfGroup(int token) {
    return Math.min(size(), (token / LogSumExp.GROUP + 1) * LogSumExp.GROUP);
  }

  /** A source of scores. */
  @FunctionalInterface
  public interface Source {
    /** Writes every element of {@code scores}. */
    void write(float[] scores) throws ProcessingException;
  }
}
