package io.maie.edge.asr.whisper;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Byte-level byte pair encoding as GPT-2's and Whisper's, read from a {@code tokenizer.json}: text
 * is split into words, a word's UTF-8 bytes are merged pair by pair in the order of the merges'
 * ranks. Immutable. Why it is ours: docs/decisions/0061.
 */
final class ByteLevelTokenizer {
  /*
   * [1] R. Sennrich et al., Neural Machine Translation of Rare Words with Subword Units, ACL 2016.
   * [2] A. Radford et al., Language Models are Unsupervised Multitask Learners, 2019, section 2.2.
   */
  private static final Pattern WORDS =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  /** Many times as many as any model has. */
  private static final int MAX_TOKENS = 1 << 20;

  private final Map<String, Integer> ids;
  private final Map<String, Integer> ranks;

  /** Bytes by id; null for ids that are not text. */
  private final byte[][] bytes;

  private final SortedMap<String, Integer> added;

  private ByteLevelTokenizer(
      Map<String, Integer> ids, Map<String, Integer> ranks, SortedMap<String, Integer> added) {
    this.ids = ids;
    this.ranks = ranks;
    this.added = Collections.unmodifiableSortedMap(added);
    int size = ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
    bytes = new byte[size][];
    ids.forEach((text, id) -> bytes[id] = ByteAlphabet.toBytes(text));
    added.values().stream().filter(id -> id < size).forEach(id -> bytes[id] = new byte[0]);
  }

  /**
   * Reads a vocabulary.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it is of another kind
   */
  static ByteLevelTokenizer read(Path file) throws ProcessingException, IOException {
    Map<String, Integer> ids = new HashMap<>();
    Map<String, Integer> ranks = new HashMap<>();
    SortedMap<String, Integer> added = new TreeMap<>();
    try (JsonParser json = JsonMapper.builder().build().createParser(file.toFile())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        if (key.equals("added_tokens")) {
          readAdded(json, added);
        } else if (key.equals("model")) {
          readModel(json, ids, ranks);
        } else {
          json.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      throw wrong(file, "found damaged JSON", e);
    }
    if (ids.isEmpty() || ranks.isEmpty()) {
      throw wrong(file, "found no 'vocab' and 'merges'", null);
    }
    if (ids.values().stream().anyMatch(id -> id < 0 || id >= MAX_TOKENS)) {
      throw wrong(file, "found ids that are not from 0 to " + (MAX_TOKENS - 1), null);
    }
    return new ByteLevelTokenizer(ids, ranks, added);
  }

  private static ProcessingException wrong(
      Path file, String found, @org.jspecify.annotations.Nullable Throwable cause) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected a byte-level BPE vocabulary, %s: '%s'".formatted(found, file),
        "Copy the model's files again",
        cause);
  }

  private static void readAdded(JsonParser json, SortedMap<String, Integer> added)
      throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      int id = -1;
      String content = "";
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        if (key.equals("id")) {
          id = json.getIntValue();
        } else if (key.equals("content")) {
          content = json.getText();
        } else {
          json.skipChildren();
        }
      }
      added.put(content, id);
    }
  }

  private static void readModel(
      JsonParser json, Map<String, Integer> ids, Map<String, Integer> ranks) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      if (key.equals("vocab")) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String text = json.currentName();
          json.nextToken();
          ids.put(text, json.getIntValue());
        }
      } else if (key.equals("merges") && json.currentToken() == JsonToken.START_ARRAY) {
        readMerges(json, ranks);
      } else {
        json.skipChildren();
      }
    }
  }

  /** Each merge is a text with a blank in the middle, or, in newer files, an array of two. */
  private static void readMerges(JsonParser json, Map<String, Integer> ranks) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String pair;
      if (json.currentToken() == JsonToken.START_ARRAY) {
        pair = json.nextTextValue() + " " + json.nextTextValue();
        json.nextToken();
      } else {
        pair = json.getText();
      }
      ranks.putIfAbsent(pair, ranks.size());
    }
  }

  /** Tokens with a meaning of their own, such as {@code <|en|>}, by their text. */
  SortedMap<String, Integer> added() {
    return added;
  }

  /** The bytes that a token stands for; none if it is not text. */
  byte[] bytes(int token) {
    return token < bytes.length && bytes[token] != null ? bytes[token].clone() : new byte[0];
  }

  /** The text of tokens; those that are not text are left out, broken characters are replaced. */
  String decode(int... tokens) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int token : tokens) {
      text.writeBytes(bytes(token));
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** The tokens of a text, in which nothing has a meaning of its own. */
  int[] encode(String text) {
    List<Integer> tokens = new ArrayList<>();
    Matcher words = WORDS.matcher(text);
    while (words.find()) {
      for (String part : merge(ByteAlphabet.toText(words.group()))) {
        Integer id = ids.get(part);
        if (id != null) {
          tokens.add(id);
        }
      }
    }
    return tokens.stream().mapToInt(i -> i).toArray();
  }

  /** Merges neighbours, the pair of the lowest rank first, until no pair has one. */
  private List<String> merge(String word) {
    List<String> parts = new ArrayList<>(word.codePoints().mapToObj(Character::toString).toList());
    int at = bestPair(parts);
    while (at >= 0) {
      String left = parts.get(at);
      String right = parts.get(at + 1);
      for (int i = 0; i + 1 < parts.size(); i++) {
        if (parts.get(i).equals(left) && parts.get(i + 1).equals(right)) {
          parts.set(i, left + right);
          parts.remove(i + 1);
        }
      }
      at = bestPair(parts);
    }
    return parts;
  }

  private int bestPair(List<String> parts) {
    int best = -1;
    int lowest = Integer.MAX_VALUE;
    for (int i = 0; i + 1 < parts.size(); i++) {
      int rank = ranks.getOrDefault(parts.get(i) + " " + parts.get(i + 1), Integer.MAX_VALUE);
      if (rank < lowest) {
        lowest = rank;
        best = i;
      }
    }
    return best;
  }
}
