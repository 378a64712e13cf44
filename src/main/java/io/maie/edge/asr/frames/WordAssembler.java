package io.maie.edge.asr.frames;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Joins tokens to words. Immutable. */
public final class WordAssembler {
  /** Marks the beginning of a word in SentencePiece vocabularies: lower one eighth block. */
  static final char WORD_START = '\u2581';

  /** A byte of UTF-8 in SentencePiece vocabularies with byte fallback. */
  private static final Pattern BYTE = Pattern.compile("<0x([0-9A-F]{2})>");

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
      Matcher fallback = BYTE.matcher(tokens.text(span.token()));
      if (fallback.matches()) {
        word.add(span, HexFormat.of().parseHex(fallback.group(1)));
      } else if (!text.isEmpty() || isWordStart(tokens.text(span.token()))) {
        word.add(span, text.getBytes(UTF_8));
      }
      if (standsAlone(span.token())) {
        word.finish(words);
      }
    }
    word.finish(words);
    return words;
  }

  /** Returns whether no word continues across the beginning of {@code token}. */
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

  /** Text that {@code token} adds to a word; empty for delimiters, control tokens and bytes. */
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
    /** Stands for bytes that are no UTF-8. */
    private static final String MALFORMED = "\uFFFD";

    private final WordScore score;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private int firstFrame;
    private int endFrame;
    private double sum;
    private int count;

    WordInMaking(WordScore score) {
      this.score = score;
    }

    /** Adds UTF-8, which may begin or end within a character. */
    void add(TokenSpan span, byte[] addition) {
      if (count == 0) {
        firstFrame = span.firstFrame();
      }
      text.writeBytes(addition);
      endFrame = span.endFrame();
      sum += score.term(span.posterior());
      count++;
    }

    void finish(List<DecodedWord> words) {
      String whole = text.toString(UTF_8).replace(MALFORMED, "");
      if (!whole.isEmpty()) {
        String composed = Normalizer.normalize(whole, Normalizer.Form.NFC);
        words.add(new DecodedWord(composed, firstFrame, endFrame, score.of(sum, count)));
      }
      text.reset();
      sum = 0;
      count = 0;
    }
  }
}
