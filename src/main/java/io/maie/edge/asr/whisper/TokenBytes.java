package io.maie.edge.asr.whisper;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The bytes of all tokens, found by token and token by bytes. Fifty thousand of them as objects in
 * a map would take ten times the memory, for as long as the model is there. Immutable.
 */
final class TokenBytes {
  private static final byte[] NONE = {};

  /** One token after the other. */
  private final byte[] all;

  /** The index at which each token's text begins; one more for the end of the last. */
  private final int[] starts;

  /** The tokens that have a text, in its order. */
  private final int[] sorted;

  /**
   * Copies texts.
   *
   * @param texts by token; null = is no text
   */
  TokenBytes(byte[][] texts) {
    starts = new int[texts.length + 1];
    for (int token = 0; token < texts.length; token++) {
      starts[token + 1] = starts[token] + (texts[token] == null ? 0 : texts[token].length);
    }
    all = new byte[starts[texts.length]];
    for (int token = 0; token < texts.length; token++) {
      System.arraycopy(
          texts[token] == null ? NONE : texts[token],
          0,
          all,
          starts[token],
          starts[token + 1] - starts[token]);
    }
    Comparator<Integer> byText =
        (a, b) ->
            Arrays.compareUnsigned(all, starts[a], starts[a + 1], all, starts[b], starts[b + 1]);
    sorted =
        IntStream.range(0, texts.length)
            .filter(token -> starts[token] < starts[token + 1])
            .boxed()
            .sorted(byText)
            .mapToInt(token -> token)
            .toArray();
  }

  /** The bytes of a token; none if it is no text, or unknown. */
  byte[] of(int token) {
    return token < 0 || token >= starts.length - 1
        ? NONE
        : Arrays.copyOfRange(all, starts[token], starts[token + 1]);
  }

  /** The token of this text, the lowest if there are several; -1 if there is none. */
  int find(byte[] text) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (compare(sorted[middle], text) < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from < sorted.length && compare(sorted[from], text) == 0 ? sorted[from] : -1;
  }

  private int compare(int token, byte[] text) {
    return Arrays.compareUnsigned(all, starts[token], starts[token + 1], text, 0, text.length);
  }
}
