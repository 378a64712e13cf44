package io.maie.edge.asr.whisper;

import java.util.Arrays;

/**
 * What Whisper may say next: suppressed tokens, and the grammar of timestamps, which come in pairs,
 * never go back, and win when all of them together are likelier than any word. As in transformers'
 * logits processors, which follow openai/whisper's {@code decoding.py}.
 */
final class TokenRules {
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  private final WhisperTokens tokens;
  private final boolean timestamps;
  private final int[] suppressed;
  private final int[] suppressedAtBegin;

  /**
   * Rules for one model.
   *
   * @param timestamps whether timestamps are wanted
   */
  TokenRules(WhisperTokens tokens, boolean timestamps) {
    this.tokens = tokens;
    this.timestamps = timestamps;
    suppressed = tokens.suppressed().stream().mapToInt(i -> i).toArray();
    suppressedAtBegin = tokens.suppressedAtBegin().stream().mapToInt(i -> i).toArray();
  }

  /**
   * Sets the scores of what must not follow to negative infinity.
   *
   * @param scores shape (vocabulary size), logits or log-probabilities
   * @param said what was said behind the prompt
   * @return the highest score that is left
   */
  float apply(float[] scores, Hypothesis said) {
    for (int token : suppressed) {
      scores[token] = NEVER;
    }
    if (said.length() == 0) {
      for (int token : suppressedAtBegin) {
        scores[token] = NEVER;
      }
    }
    if (!timestamps) {
      return LogSum.max(scores, 0, scores.length);
    }
    keepGrammar(scores, said);
    return preferTimestamps(scores);
  }

  private void keepGrammar(float[] scores, Hypothesis said) {
    int first = tokens.firstTimestamp();
    scores[tokens.noTimestamps()] = NEVER;
    if (said.length() == 0) {
      Arrays.fill(scores, 0, first, NEVER);
      if (tokens.maxInitialTimestamp().isPresent()) {
        int beyond = first + tokens.maxInitialTimestamp().getAsInt() + 1;
        Arrays.fill(scores, Math.min(beyond, scores.length), scores.length, NEVER);
      }
      return;
    }
    boolean afterTimestamp = tokens.isTimestamp(said.token(0));
    boolean opened = said.length() < 2 || tokens.isTimestamp(said.token(1));
    if (afterTimestamp && opened) {
      Arrays.fill(scores, first, scores.length, NEVER);
    } else if (afterTimestamp) {
      Arrays.fill(scores, 0, tokens.endOfText(), NEVER);
    }
    int last = said.lastFrom(first);
    if (last >= first) {
      // a segment may begin where the last one ended, but not end where it began
      int earliest = afterTimestamp && !opened ? last : last + 1;
      Arrays.fill(scores, first, Math.min(earliest, scores.length), NEVER);
    }
  }

  private float preferTimestamps(float[] scores) {
    int first = tokens.firstTimestamp();
    float text = LogSum.max(scores, 0, first);
    float timestamp = LogSum.max(scores, first, scores.length);
    if (text < LogSum.of(scores, first, scores.length, timestamp)) {
      Arrays.fill(scores, 0, first, NEVER);
      return timestamp;
    }
    return Math.max(text, timestamp);
  }
}
