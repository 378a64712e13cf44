package io.maie.edge.asr.whisper;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.maie.edge.asr.seq2seq.Vocabulary;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.TokenizerJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Byte-level byte pair encoding as GPT-2's and Whisper's, read from a {@code tokenizer.json}: text
 * is split into words, a word's UTF-8 bytes are merged pair by pair in the order of the merges'
 * ranks. Immutable. Why it is ours: docs/decisions/0061.
 */
final class ByteLevelTokenizer implements Vocabulary {
  /*
   * [1] R. Sennrich et al., Neural Machine Translation of Rare Words with Subword Units, ACL 2016.
   * [2] A. Radford et al., Language Models are Unsupervised Multitask Learners, 2019, section 2.2.
   */
  private static final Pattern WORDS =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  /** Many times as many as any model has. */
  private static final int MAX_TOKENS = 1 << TokenMerges.BITS;

  private final TokenBytes texts;
  private final TokenMerges merges;

  private ByteLevelTokenizer(TokenBytes texts, TokenMerges merges) {
    this.texts = texts;
    this.merges = merges;
  }

  /**
   * Reads a vocabulary.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it is of another kind
   */
  static ByteLevelTokenizer read(Path file) throws ProcessingException, IOException {
    return written(file).tokenizer();
  }

  /** Reads only the tokens that have a meaning of their own, such as {@code <|en|>}, by text. */
  static SortedMap<String, Integer> readAdded(Path file) throws ProcessingException, IOException {
    return written(file).added;
  }

  private static Written written(Path file) throws ProcessingException, IOException {
    Written written = new Written();
    try {
      TokenizerJson.read(file, written);
    } catch (JsonProcessingException e) {
      throw wrong(file, "found damaged JSON", e);
    }
    if (written.ids.isEmpty() || written.merges.isEmpty()) {
      throw wrong(file, "found no 'vocab' and 'merges'", null);
    }
    if (written.ids.values().stream().anyMatch(id -> id < 0 || id >= MAX_TOKENS)
        || written.merges.size() > MAX_TOKENS) {
      throw wrong(file, "found ids that are not from 0 to " + (MAX_TOKENS - 1), null);
    }
    return written;
  }

  private static ProcessingException wrong(
      Path file, String found, @org.jspecify.annotations.Nullable Throwable cause) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected a byte-level BPE vocabulary, %s: '%s'".formatted(found, file),
        "Copy the model's files again",
        cause);
  }

  @Override
  public byte[] bytes(int token) {
    return texts.of(token);
  }

  @Override
  public String decode(int... tokens) {
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
      tokens.addAll(merge(words.group().getBytes(StandardCharsets.UTF_8)));
    }
    return tokens.stream().mapToInt(i -> i).toArray();
  }

  /** Merges neighbours, the pair of the lowest rank first, until no pair has one. */
  private List<Integer> merge(byte[] word) {
    List<Integer> parts = new ArrayList<>();
    for (byte value : word) {
      int token = texts.find(new byte[] {value});
      if (token >= 0) {
        parts.add(token);
      }
    }
    int at = bestPair(parts);
    while (at >= 0) {
      int left = parts.get(at);
      int right = parts.get(at + 1);
      int both = texts.find(joined(texts.of(left), texts.of(right)));
      for (int i = 0; i + 1 < parts.size(); i++) {
        if (parts.get(i) == left && parts.get(i + 1) == right) {
          parts.set(i, both);
          parts.remove(i + 1);
        }
      }
      at = bestPair(parts);
    }
    return parts;
  }

  private int bestPair(List<Integer> parts) {
    int best = -1;
    int lowest = Integer.MAX_VALUE;
    for (int i = 0; i + 1 < parts.size(); i++) {
      int rank = merges.rank(parts.get(i), parts.get(i + 1));
      if (rank >= 0 && rank < lowest) {
        lowest = rank;
        best = i;
      }
    }
    return best;
  }

  private static byte[] joined(byte[] left, byte[] right) {
    byte[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  /** Content of a tokenizer file, which takes ten times the memory of the tokenizer. */
  private static final class Written implements TokenizerJson.Entries {
    final Map<String, Integer> ids = new HashMap<>();
    final List<String> merges = new ArrayList<>();
    final SortedMap<String, Integer> added = new TreeMap<>();

    @Override
    public void added(String text, int id) {
      added.put(text, id);
    }

    @Override
    public void token(String text, int id) {
      ids.put(text, id);
    }

    @Override
    public void merge(String pair) {
      merges.add(pair);
    }

    ByteLevelTokenizer tokenizer() {
      int size = ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
      byte[][] bytes = new byte[size][];
      ids.forEach((text, id) -> bytes[id] = ByteAlphabet.toBytes(text));
      added.values().stream().filter(id -> id >= 0 && id < size).forEach(id -> bytes[id] = null);
      TokenBytes texts = new TokenBytes(bytes);
      return new ByteLevelTokenizer(texts, new TokenMerges(pairs(texts)));
    }

    /** The merges, without those that have a part or a result that is no token. */
    private int[] pairs(TokenBytes texts) {
      return merges.stream().flatMapToInt(merge -> pair(merge, texts)).toArray();
    }

    private static IntStream pair(String merge, TokenBytes texts) {
      int blank = merge.indexOf(' ');
      byte[] left = ByteAlphabet.toBytes(merge.substring(0, Math.max(0, blank)));
      byte[] right = ByteAlphabet.toBytes(merge.substring(blank + 1));
      int first = texts.find(left);
      int second = texts.find(right);
      boolean known = first >= 0 && second >= 0 && texts.find(joined(left, right)) >= 0;
      return known ? IntStream.of(first, second) : IntStream.empty();
    }
  }
}
