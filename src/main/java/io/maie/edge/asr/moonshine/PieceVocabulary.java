package io.maie.edge.asr.moonshine;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.maie.edge.asr.seq2seq.Vocabulary;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.TokenizerJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A SentencePiece vocabulary with byte fallback, as that of Llama and Moonshine: U+2581 stands for
 * a blank, {@code <0xHH>} for one byte of a character that has no piece, and other pieces in angle
 * brackets for nothing. Decodes as the Hugging Face library tokenizers 0.22 does: the bytes of
 * neighbouring byte pieces are UTF-8, or one U+FFFD each. Immutable.
 */
final class PieceVocabulary implements Vocabulary {
  private static final char BLANK = '\u2581';
  private static final String BROKEN = "\ufffd";
  private static final Pattern BYTE = Pattern.compile("<0x([0-9A-Fa-f]{2})>");
  private static final Pattern CONTROL = Pattern.compile("<(?:unk|s|/s|pad)>|<<[^<>]*>>");
  private static final int HEX = 16;

  /** Many times as many as any model has. */
  private static final int MAX_PIECES = 1 << 20;

  /** By id: what a piece adds to a text; empty for control pieces and bytes. */
  private final String[] texts;

  /** By id: the byte of a byte piece, else -1. */
  private final short[] bytes;

  PieceVocabulary(List<String> pieces) {
    texts = new String[pieces.size()];
    bytes = new short[pieces.size()];
    for (int id = 0; id < texts.length; id++) {
      String piece = pieces.get(id);
      Matcher matcher = BYTE.matcher(piece);
      boolean isByte = matcher.matches();
      bytes[id] = isByte ? Short.parseShort(matcher.group(1), HEX) : -1;
      boolean silent = isByte || CONTROL.matcher(piece).matches();
      texts[id] = silent ? "" : piece.replace(BLANK, ' ');
    }
  }

  /**
   * Reads a vocabulary.
   *
   * @param file one piece per line, or a {@code tokenizer.json}
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it holds no pieces
   */
  static PieceVocabulary read(Path file) throws ProcessingException, IOException {
    List<String> pieces =
        String.valueOf(file.getFileName()).endsWith(".json") ? fromJson(file) : fromLines(file);
    if (pieces.isEmpty()) {
      throw wrong(file, "found none", null);
    }
    return new PieceVocabulary(pieces);
  }

  private static List<String> fromLines(Path file) throws ProcessingException, IOException {
    try {
      // a piece may be a carriage return, so that lines end with line feeds alone
      String all = Files.readString(file);
      return all.isBlank() ? List.of() : List.of(all.split("\n"));
    } catch (CharacterCodingException e) {
      throw wrong(file, "found text that is not UTF-8", e);
    }
  }

  private static List<String> fromJson(Path file) throws ProcessingException, IOException {
    Entries entries = new Entries();
    try {
      TokenizerJson.read(file, entries);
    } catch (JsonProcessingException e) {
      throw wrong(file, "found damaged JSON", e);
    }
    return entries.pieces;
  }

  /** Collects the pieces of a {@code tokenizer.json} by their ids. */
  private static final class Entries implements TokenizerJson.Entries {
    private final List<String> pieces = new ArrayList<>();

    @Override
    public void added(String text, int id) {
      token(text, id);
    }

    @Override
    public void token(String text, int id) {
      if (id < 0 || id >= MAX_PIECES) {
        return;
      }
      while (pieces.size() <= id) {
        pieces.add("");
      }
      pieces.set(id, text);
    }
  }

  private static ProcessingException wrong(Path file, String found, @Nullable Exception cause) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected the pieces of a vocabulary, %s: '%s'".formatted(found, file),
        "Copy the model's files again",
        cause);
  }

  /** Number of pieces. */
  int size() {
    return texts.length;
  }

  /** Returns whether a word begins with this piece. */
  boolean beginsWord(int token) {
    return isKnown(token) && texts[token].startsWith(" ");
  }

  @Override
  public String decode(int... tokens) {
    StringBuilder text = new StringBuilder();
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    for (int token : tokens) {
      if (isKnown(token) && bytes[token] >= 0) {
        run.write(bytes[token]);
      } else if (isKnown(token) && !texts[token].isEmpty()) {
        finish(run, text);
        text.append(texts[token]);
      }
    }
    finish(run, text);
    return text.toString();
  }

  private static void finish(ByteArrayOutputStream run, StringBuilder text) {
    byte[] all = run.toByteArray();
    run.reset();
    try {
      text.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(all)));
    } catch (CharacterCodingException e) {
      text.append(BROKEN.repeat(all.length));
    }
  }

  @Override
  public byte[] bytes(int token) {
    if (!isKnown(token)) {
      return new byte[0];
    }
    return bytes[token] >= 0
        ? new byte[] {(byte) bytes[token]}
        : texts[token].getBytes(StandardCharsets.UTF_8);
  }

  private boolean isKnown(int token) {
    return token >= 0 && token < texts.length;
  }
}
