package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.Hypothesis;
import io.maie.edge.asr.seq2seq.TokenRules;
import io.maie.edge.asr.seq2seq.TokenScores;

/**
 * Rules for Whisper's next token: suppressed tokens, and the grammar of timestamps, which come in
 * pairs, never go back, and win when all of them together are likelier than any word. As in
 * transformers' logits processors, which follow openai/whisper's {@code decoding.py}.
 */
final class WhisperRules implements TokenRules {
  private final WhisperTokens tokens;
  private final boolean timestamps;
  private final int[] suppressed;
  private final int[] suppressedAtBegin;

  /**
   * Rules for one model.
   *
   * @param timestamps whether timestamps are wanted
   */
  WhisperRules(WhisperTokens tokens, boolean timestamps) {
    this.tokens = tokens;
    this.timestamps = timestamps;
    suppressed = tokens.suppressed().stream().mapToInt(i -> i).toArray();
    suppressedAtBegin = tokens.suppressedAtBegin().stream().mapToInt(i -> i).toArray();
  }

  @Override
  public float apply(TokenScores scores, Hypothesis said) {
    for (int token : suppressed) {
      scores.forbid(token);
    }
    if (said.length() == 0) {
      for (int token : suppressedAtBegin) {
        scores.forbid(token);
      }
    }
    if (!timestamps) {
      return scores.highest(0, scores.size());
    }
    keepGrammar(scores, said);
    return preferTimestamps(scores);
  }

  private void keepGrammar(TokenScores scores, Hypothesis said) {
    int first = tokens.firstTimestamp();
    scores.forbid(tokens.noTimestamps());
    if (said.length() == 0) {
      scores.forbid(0, first);
      if (tokens.maxInitialTimestamp().isPresent()) {
        scores.forbid(first + tokens.maxInitialTimestamp().getAsInt() + 1, scores.size());
      }
      return;
    }
    boolean afterTimestamp = tokens.isTimestamp(said.token(0));
    boolean opened = said.length() < 2 || tokens.isTimestamp(said.token(1));
    if (afterTimestamp && opened) {
      scores.forbid(first, scores.size());
    } else if (afterTimestamp) {
      scores.forbid(0, tokens.endOfText());
    }
    int last = said.lastFrom(first);
    if (last >= first) {
      // a segment may begin where the last one ended, but not end where it began
      int earliest = afterTimestamp && !opened ? last : last + 1;
      scores.forbid(first, Math.min(earliest, scores.size()));
    }
  }

  private float preferTimestamps(TokenScores scores) {
    int first = tokens.firstTimestamp();
    float text = scores.highest(0, first);
    float timestamp = scores.highest(first, scores.size());
    if (text < scores.logSum(first, scores.size(), timestamp)) {
      scores.forbid(0, first);
      return timestamp;
    }
    return Math.max(text, timestamp);
  }
}
