package io.maie.edge.text.constrain;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tokens that may follow a place, grouped by cost: the number of tokens that complete the
 * document after them, less the number that completes it without them. Immutable.
 */
final class Mask {
  private final BitSet plain;
  private final int plainExtra;
  private final int[] extras;
  private final int[][] tokens;

  private Mask(BitSet plain, int plainExtra, Map<Integer, int[]> others) {
    this.plain = plain;
    this.plainExtra = plainExtra;
    extras = others.keySet().stream().mapToInt(Integer::intValue).toArray();
    tokens = others.values().toArray(int[][]::new);
  }

  /** Adds the tokens after which {@code spare} further ones complete the document, or fewer. */
  void addTo(BitSet into, int spare) {
    if (plainExtra <= spare) {
      into.or(plain);
    }
    for (int i = 0; i < extras.length && extras[i] <= spare; i++) {
      for (int token : tokens[i]) {
        into.set(token);
      }
    }
  }

  /** Finds the tokens of a vocabulary by a walk over its prefixes. */
  static Mask of(Frame frame, TokenVocabulary vocabulary) {
    BitSet plain = new BitSet();
    int plainExtra = 0;
    TokenTrie trie = vocabulary.all();
    if (frame.shape() instanceof TextShape text) {
      int characters = text.plainCharacters(frame.position());
      if (characters > 0) {
        trie = vocabulary.mixed();
        plain = vocabulary.plain().of(characters);
        // a token of some characters brings a text closer to its least length
        plainExtra = text.needsMore(frame.position()) ? -1 : 0;
      }
    }
    return new Mask(plain, plainExtra, walk(frame, trie));
  }

  private static Map<Integer, int[]> walk(Frame frame, TokenTrie trie) {
    Map<Integer, Tokens> found = new TreeMap<>();
    FrameSet[] levels = new FrameSet[trie.deepest() + 1];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = new FrameSet();
    }
    levels[0].add(frame);
    for (int node = 0; node < trie.size(); ) {
      int depth = trie.depth(node);
      FrameSet next = levels[depth + 1];
      next.clear();
      next.follow(levels[depth], trie.octet(node));
      if (next.isEmpty()) {
        node = trie.end(node);
        continue;
      }
      int first = trie.firstToken(node);
      int end = trie.endOfTokens(node);
      if (first < end && Cost.isPossible(next.cost())) {
        Tokens tokens = found.computeIfAbsent(next.cost() - frame.cost(), extra -> new Tokens());
        for (int i = first; i < end; i++) {
          tokens.add(trie.token(i));
        }
      }
      node++;
    }
    Map<Integer, int[]> masks = new TreeMap<>();
    found.forEach((extra, tokens) -> masks.put(extra, tokens.toArray()));
    return masks;
  }

  /** A list of ids that grows. */
  private static final class Tokens {
    private int[] ids = new int[8];
    private int size;

    void add(int token) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
      }
      ids[size] = token;
      size++;
    }

    int[] toArray() {
      return Arrays.copyOf(ids, size);
    }
  }
}
