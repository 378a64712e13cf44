package io.maie.edge.asr.frames;

import static java.util.Objects.requireNonNull;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Joins tokens to words. Immutable. */
public final class WordAssembler {
  /** Marks the beginning of a word in SentencePiece vocabularies: lower one eighth block. */
  static final char WORD_START = '\u2581';

  /** Control tokens, such as {@code <unk>} and {@code [PAD]}: never text. */
  private static final Pattern CONTROL = Pattern.compile("<[^<>]+>|\\[[A-Z]+\\]");

  private final TokenTable tokens;
  private final TokenUnit unit;
  private final WordScore score;

  /** Words as probable as their tokens on average. */
  public WordAssembler(TokenTable tokens, TokenUnit unit) {
    this(tokens, unit, WordScore.MEAN);
  }

  public WordAssembler(TokenTable tokens, TokenUnit unit, WordScore score) {
    this.tokens = requireNonNull(tokens, "tokens is null");
    this.unit = requireNonNull(unit, "unit is null");
    this.score = requireNonNull(score, "score is null");
  }

  /**
   * The words that {@code spans} spell, in composed characters (NFC); control tokens are left out.
   * A token that is only the mark of a beginning counts as part of the word that it begins.
   */
  public List<DecodedWord> assemble(List<TokenSpan> spans) {
    List<DecodedWord> words = new ArrayList<>();
    WordInMaking word = new WordInMaking(score);
    for (TokenSpan span : spans) {
      if (endsWordBefore(span.token()) || standsAlone(span.token())) {
        word.finish(words);
      }
      String text = textOf(span.token());
      if (!text.isEmpty() || isWordStart(tokens.text(span.token()))) {
        word.add(span, text);
      }
      if (standsAlone(span.token())) {
        word.finish(words);
      }
    }
    word.finish(words);
    return words;
  }

  /** Returns whether no word goes on across the beginning of {@code token}. */
  boolean endsWordBefore(int token) {
    String text = tokens.text(token);
    return switch (unit) {
      case CHAR -> isDelimiter(text) || isWordStart(text);
      case BPE -> isWordStart(text);
    };
  }

  /** Returns whether {@code token} is a word by itself, as ideographs are. */
  boolean standsAlone(int token) {
    String text = textOf(token);
    return !text.isEmpty() && Scripts.isWithoutBlanks(text.codePointAt(0));
  }

  /** Text that {@code token} adds to a word; empty for delimiters and control tokens. */
  String textOf(int token) {
    String text = tokens.text(token);
    if (isDelimiter(text) || CONTROL.matcher(text).matches()) {
      return "";
    }
    return isWordStart(text) ? text.substring(1) : text;
  }

  private static boolean isDelimiter(String text) {
    return text.equals("|") || text.equals(" ") || text.equals("<space>");
  }

  private static boolean isWordStart(String text) {
    return !text.isEmpty() && text.charAt(0) == WORD_START;
  }

  /** The tokens since the last boundary. */
  private static final class WordInMaking {
    private final WordScore score;
    private final StringBuilder text = new StringBuilder();
    private int firstFrame;
    private int endFrame;
    private double sum;
    private int count;

    WordInMaking(WordScore score) {
      this.score = score;
    }

    void add(TokenSpan span, String addition) {
      if (count == 0) {
        firstFrame = span.firstFrame();
      }
      text.append(addition);
      endFrame = span.endFrame();
      sum += score.term(span.posterior());
      count++;
    }

    void finish(List<DecodedWord> words) {
      if (!text.isEmpty()) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        words.add(new DecodedWord(composed, firstFrame, endFrame, score.of(sum, count)));
      }
      text.setLength(0);
      sum = 0;
      count = 0;
    }
  }
}
