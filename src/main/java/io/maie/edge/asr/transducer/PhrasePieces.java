package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.frames.TokenTable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Spells phrases with the tokens of a model. Published folders hold no scores of their pieces, so
 * that a phrase is cut into as few pieces as possible, the longest first.
 */
public final class PhrasePieces {
  private static final String WORD_START = "\u2581";

  private final TokenTable tokens;
  private final int longest;

  public PhrasePieces(TokenTable tokens) {
    this.tokens = requireNonNull(tokens, "tokens is null");
    int most = 1;
    for (int token = 0; token < tokens.size(); token++) {
      most = Math.max(most, tokens.text(token).length());
    }
    longest = most;
  }

  /**
   * The automaton of the phrases that can be spelled: as they are written, in small and in capital
   * letters, since models know one or the other.
   *
   * @param bonus per token; natural log
   */
  public PhraseGraph graph(List<String> phrases, double bonus) {
    Set<List<Integer>> spelled = new LinkedHashSet<>();
    for (String phrase : phrases) {
      String composed = Normalizer.normalize(phrase.strip(), Normalizer.Form.NFC);
      for (String written :
          List.of(composed, composed.toLowerCase(Locale.ROOT), composed.toUpperCase(Locale.ROOT))) {
        List<Integer> pieces = pieces(written);
        if (!pieces.isEmpty()) {
          spelled.add(pieces);
        }
      }
    }
    return PhraseGraph.of(List.copyOf(spelled), bonus);
  }

  /** The tokens that spell {@code phrase}; empty if none do. */
  private List<Integer> pieces(String phrase) {
    if (phrase.isEmpty()) {
      return List.of();
    }
    String text = WORD_START + phrase.replaceAll("\\s+", WORD_START);
    int[] fewest = new int[text.length() + 1];
    int[] from = new int[text.length() + 1];
    Arrays.fill(fewest, 1, fewest.length, Integer.MAX_VALUE);
    for (int end = 1; end <= text.length(); end++) {
      for (int begin = Math.max(0, end - longest); begin < end; begin++) {
        if (fewest[begin] < Integer.MAX_VALUE
            && fewest[begin] + 1 < fewest[end]
            && tokens.number(text.substring(begin, end)).isPresent()) {
          fewest[end] = fewest[begin] + 1;
          from[end] = begin;
        }
      }
    }
    return fewest[text.length()] == Integer.MAX_VALUE ? List.of() : tokensOf(text, from);
  }

  private List<Integer> tokensOf(String text, int[] from) {
    List<Integer> pieces = new ArrayList<>();
    for (int end = text.length(); end > 0; end = from[end]) {
      OptionalInt token = tokens.number(text.substring(from[end], end));
      pieces.add(0, token.orElseThrow());
    }
    return pieces;
  }
}
