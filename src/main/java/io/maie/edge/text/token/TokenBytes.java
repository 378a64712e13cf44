package io.maie.edge.text.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.maie.edge.failure.ProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from a {@code tokenizer.json} which bytes each token adds to a text. Two ways of writing
 * bytes are known: that of GPT-2, where each byte is a letter, and that of SentencePiece, where a
 * blank is {@code \u2581} and bytes without a piece are written as {@code <0x0A>}. Read as a
 * stream, since most of the file is of no use here.
 */
public final class TokenBytes {
  /** Far beyond any vocabulary. */
  private static final int MOST_TOKENS = 2_000_000;

  private static final Pattern BYTE = Pattern.compile("<0x([0-9A-F]{2})>");
  private static final byte[] NONE = {};

  private final Map<String, Integer> pieces = new HashMap<>();
  private final Set<Integer> added = new HashSet<>();
  private final Set<String> decoders = new HashSet<>();

  private TokenBytes() {}

  /**
   * The bytes of each token, by its id; none of those that were added to the vocabulary, special
   * ones among them.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if the bytes are written in another way
   */
  public static List<byte[]> read(Path file) throws ProcessingException, IOException {
    TokenBytes reader = new TokenBytes();
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        reader.section(parser.currentName(), parser);
      }
    } catch (JsonProcessingException e) {
      throw Tokenizer.refused(file, "it is not valid JSON");
    }
    return reader.bytes(file);
  }

  private void section(String name, JsonParser parser) throws IOException {
    parser.nextToken();
    switch (name) {
      case "model" -> model(parser);
      case "added_tokens" -> added(parser);
      case "decoder" -> decoder(parser);
      default -> parser.skipChildren();
    }
  }

  private void model(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isVocabulary = parser.currentName().equals("vocab");
      if (parser.nextToken() == JsonToken.START_OBJECT && isVocabulary) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          pieces.put(parser.currentName(), parser.nextIntValue(-1));
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void added(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return;
    }
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isId = parser.currentName().equals("id");
        parser.nextToken();
        if (isId) {
          added.add(parser.getIntValue());
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  /** Names of all steps, at whatever depth. */
  private void decoder(JsonParser parser) throws IOException {
    int depth = parser.currentToken() == JsonToken.START_OBJECT ? 1 : 0;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return;
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token == JsonToken.VALUE_STRING && "type".equals(parser.currentName())) {
        decoders.add(parser.getText());
      }
    }
  }

  private List<byte[]> bytes(Path file) throws ProcessingException {
    boolean isOfLetters = decoders.contains("ByteLevel");
    if (!isOfLetters && !decoders.contains("ByteFallback")) {
      throw Tokenizer.refused(file, "its decoder is neither ByteLevel nor ByteFallback");
    }
    int last = pieces.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
    if (last < 0 || last >= MOST_TOKENS) {
      throw Tokenizer.refused(file, "its tokens have other numbers than 0 to " + MOST_TOKENS);
    }
    int size = last + 1;
    List<byte[]> bytes = new ArrayList<>(Collections.nCopies(size, NONE));
    byte[] letters = letters();
    pieces.forEach(
        (piece, id) -> {
          if (id >= 0 && !added.contains(id)) {
            bytes.set(id, isOfLetters ? ofLetters(piece, letters) : ofPiece(piece));
          }
        });
    return bytes;
  }

  private static byte[] ofPiece(String piece) {
    Matcher single = BYTE.matcher(piece);
    return single.matches()
        ? new byte[] {(byte) Integer.parseInt(single.group(1), 16)}
        : piece.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ofLetters(String piece, byte[] letters) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(piece.length());
    for (int i = 0; i < piece.length(); i++) {
      char letter = piece.charAt(i);
      if (letter >= letters.length) {
        return NONE;
      }
      bytes.write(letters[letter]);
    }
    return bytes.toByteArray();
  }

  /**
   * The byte of each letter, as GPT-2's encoder writes them: bytes that can be seen are themselves,
   * the others follow from U+0100 on.
   */
  private static byte[] letters() {
    byte[] letters = new byte[0x100 + 68];
    int next = 0x100;
    for (int octet = 0; octet < 0x100; octet++) {
      boolean isSeen =
          (octet >= '!' && octet <= '~')
              || (octet >= 0xA1 && octet <= 0xAC)
              || (octet >= 0xAE && octet <= 0xFF);
      letters[isSeen ? octet : next] = (byte) octet;
      next += isSeen ? 0 : 1;
    }
    return letters;
  }
}
