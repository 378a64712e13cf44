package io.maie.edge.text.constrain;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The bytes that each token of a model stands for, arranged for masks. Built once for a model; it
 * is not changed by use, and may be shared by threads.
 */
public final class TokenVocabulary {
  private static final int CONTINUATION = 0x80;
  private static final int LEAD = 0xC0;

  private final List<byte[]> bytes;
  private final TokenTrie all;
  private final TokenTrie mixed;
  private final boolean[] singles = new boolean[256];
  private final int longest;
  private final int mostItems;

  /** Tokens that are whole characters of a text and nothing else, the fewest characters first. */
  private final PlainTokens plain;

  private TokenVocabulary(List<byte[]> bytes) {
    this.bytes = bytes;
    List<Integer> usable = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    PlainTokens.Builder plainTokens = new PlainTokens.Builder(bytes.size());
    int mostBytes = 1;
    int mostCommas = 0;
    for (int token = 0; token < bytes.size(); token++) {
      byte[] own = bytes.get(token);
      if (own.length == 0 || hasControl(own)) {
        continue;
      }
      usable.add(token);
      int characters = plainCharacters(own);
      if (characters > 0) {
        plainTokens.add(token, characters);
      } else {
        others.add(token);
      }
      if (own.length == 1) {
        singles[own[0] & 0xFF] = true;
      }
      mostBytes = Math.max(mostBytes, own.length);
      mostCommas = Math.max(mostCommas, commas(own));
    }
    all = new TokenTrie(bytes, ids(usable));
    mixed = new TokenTrie(bytes, ids(others));
    plain = plainTokens.build();
    longest = mostBytes;
    mostItems = mostCommas + 1;
  }

  /**
   * The vocabulary of a model.
   *
   * @param bytes of each token, by its id: those that it adds to a text in UTF-8, which may be a
   *     part of a character; none for special tokens and for ids that are not used, which are never
   *     allowed
   */
  public static TokenVocabulary of(List<byte[]> bytes) {
    requireNonNull(bytes, "bytes is null");
    return new TokenVocabulary(bytes.stream().map(byte[]::clone).toList());
  }

  /** The number of ids. */
  public int size() {
    return bytes.size();
  }

  /** The bytes of a token; the caller leaves them as they are. */
  byte[] bytes(int token) {
    return bytes.get(token);
  }

  /** All tokens that may occur. */
  TokenTrie all() {
    return all;
  }

  /** The tokens that may occur within a text and are not {@link #plain}. */
  TokenTrie mixed() {
    return mixed;
  }

  PlainTokens plain() {
    return plain;
  }

  /** The most bytes of a token, 1 or more. */
  int longest() {
    return longest;
  }

  /** The most items of a list that one token can complete, 1 or more. */
  int mostItems() {
    return mostItems;
  }

  /** Returns whether a token stands for this byte alone. */
  boolean hasSingle(int octet) {
    return singles[octet];
  }

  /** Returns whether any character of more than one byte can be completed byte by byte. */
  boolean canContinue() {
    return IntStream.range(CONTINUATION, LEAD).allMatch(octet -> singles[octet]);
  }

  /**
   * The fewest tokens that write the end of a literal, for each place in it.
   *
   * @return one more entry than bytes, the last of which is 0; {@link Cost#IMPOSSIBLE} where the
   *     vocabulary cannot write it
   */
  int[] fewestTokens(byte[] literal) {
    int[] fewest = new int[literal.length + 1];
    for (int from = literal.length - 1; from >= 0; from--) {
      fewest[from] = fewestFrom(literal, from, fewest);
    }
    return fewest;
  }

  private int fewestFrom(byte[] literal, int from, int[] fewest) {
    int best = Cost.IMPOSSIBLE;
    int node = 0;
    int end = all.size();
    int at = from;
    while (node < end && at < literal.length) {
      if (all.octet(node) != (literal[at] & 0xFF)) {
        node = all.end(node);
        continue;
      }
      at++;
      if (all.firstToken(node) < all.endOfTokens(node)) {
        best = Math.min(best, Cost.sum(1, fewest[at]));
      }
      end = all.end(node);
      node++;
    }
    return best;
  }

  private static int[] ids(List<Integer> tokens) {
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns whether a token holds a control character, which JSON never does unescaped. */
  private static boolean hasControl(byte[] own) {
    for (byte octet : own) {
      if (octet >= 0 && octet < ' ') {
        return true;
      }
    }
    return false;
  }

  /** Commas that an item may follow. */
  private static int commas(byte[] own) {
    int commas = 0;
    for (int i = 0; i < own.length; i++) {
      if (own[i] == ',' && (i + 1 == own.length || own[i + 1] != ',')) {
        commas++;
      }
    }
    return commas;
  }

  /** The number of characters if a token is whole characters of a text; otherwise 0. */
  private static int plainCharacters(byte[] own) {
    int mode = TextMode.BODY;
    int characters = 0;
    for (byte octet : own) {
      if (octet == '"' || octet == '\\') {
        return 0;
      }
      mode = TextMode.next(mode, octet & 0xFF);
      if (mode == TextMode.DEAD) {
        return 0;
      }
      if (TextMode.isCharacter(mode)) {
        characters++;
        mode = TextMode.BODY;
      }
    }
    return mode == TextMode.BODY ? characters : 0;
  }

  @Override
  public String toString() {
    return "TokenVocabulary[" + size() + "]";
  }

  /** Tokens that are whole characters of a text, for texts of limited length. */
  static final class PlainTokens {
    /** By the most characters that they have; neighbours without a difference are the same. */
    private final List<BitSet> upTo = new ArrayList<>();

    private PlainTokens(int size, List<List<Integer>> byCharacters) {
      BitSet tokens = new BitSet(size);
      upTo.add(tokens);
      for (List<Integer> more : byCharacters.subList(1, byCharacters.size())) {
        if (!more.isEmpty()) {
          tokens = (BitSet) tokens.clone();
          more.forEach(tokens::set);
        }
        upTo.add(tokens);
      }
    }

    /** The tokens of at most {@code characters} characters. The caller leaves the set as it is. */
    BitSet of(int characters) {
      return upTo.get(Math.min(characters, upTo.size() - 1));
    }

    private static final class Builder {
      private final int size;
      private final List<List<Integer>> byCharacters = new ArrayList<>(List.of(List.of()));

      Builder(int size) {
        this.size = size;
      }

      void add(int token, int characters) {
        while (byCharacters.size() <= characters) {
          byCharacters.add(new ArrayList<>());
        }
        byCharacters.get(characters).add(token);
      }

      PlainTokens build() {
        return new PlainTokens(size, byCharacters);
      }
    }
  }
}
