package io.maie.edge.asr.ctc;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The spellings or pronunciations of all words as a tree of tokens, in flat arrays: about 14 bytes
 * per node and 4 per pronunciation. Immutable.
 */
final class LexiconTrie {
  /*
   * Nodes are numbered level by level, so the children of a node, and the words that end at it, are
   * contiguous and end where those of the next node begin.
   */

  /** The node before the first token of a word. */
  static final int ROOT = 0;

  private final short[] tokens;
  private final int[] firstChild;
  private final int[] firstWord;
  private final int[] words;
  private final float[] bestUnigram;

  private LexiconTrie(short[] tokens, int[] firstChild, int[] firstWord, int[] words) {
    this.tokens = tokens;
    this.firstChild = firstChild;
    this.firstWord = firstWord;
    this.words = words;
    this.bestUnigram = new float[tokens.length];
  }

  /**
   * Builds the tree.
   *
   * @param spellings tokens of each entry, none empty; changed by sorting
   */
  static LexiconTrie of(Spelling[] spellings, LanguageModel languageModel) {
    Arrays.sort(spellings);
    LexiconTrie trie = new Layout(spellings).trie();
    trie.smear(languageModel);
    return trie;
  }

  int nodes() {
    return tokens.length;
  }

  /** The token on the way to {@code node}. */
  int token(int node) {
    return tokens[node];
  }

  int firstChild(int node) {
    return firstChild[node];
  }

  int endChild(int node) {
    return firstChild[node + 1];
  }

  boolean isLeaf(int node) {
    return firstChild[node] == firstChild[node + 1];
  }

  int firstWord(int node) {
    return firstWord[node];
  }

  int endWord(int node) {
    return firstWord[node + 1];
  }

  int word(int index) {
    return words[index];
  }

  /**
   * The highest unigram log-probability among the words at and below {@code node}; 0 at the root,
   * where no word has begun.
   */
  float bestUnigram(int node) {
    return bestUnigram[node];
  }

  /** Bytes of all arrays. */
  long bytes() {
    return 2L * tokens.length
        + 4L * (firstChild.length + firstWord.length + words.length + bestUnigram.length);
  }

  private void smear(LanguageModel languageModel) {
    for (int node = nodes() - 1; node > ROOT; node--) {
      float best = Float.NEGATIVE_INFINITY;
      for (int i = firstWord(node); i < endWord(node); i++) {
        best = Math.max(best, languageModel.unigram(words[i]));
      }
      for (int child = firstChild(node); child < endChild(node); child++) {
        best = Math.max(best, bestUnigram[child]);
      }
      bestUnigram[node] = best;
    }
    bestUnigram[ROOT] = 0;
  }

  /**
   * One way to spell or pronounce a word; ordered by tokens, then by word.
   *
   * @param tokens shared, not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // a short-lived sort key, never compared by equals
  record Spelling(short[] tokens, int word) implements Comparable<Spelling> {

    @Override
    public int compareTo(Spelling other) {
      int byTokens = Arrays.compare(tokens, other.tokens);
      return byTokens != 0 ? byTokens : Integer.compare(word, other.word);
    }
  }

  /** A run of sorted spellings that share their first {@code depth} tokens. */
  private record Run(int from, int to, int depth) {}

  /** Lays out the tree of sorted spellings, level by level. */
  private static final class Layout {
    private final Spelling[] spellings;
    private final Deque<Run> waiting = new ArrayDeque<>();
    private short[] tokens = new short[1 << 10];
    private int[] firstChild = new int[1 << 10];
    private int[] firstWord = new int[1 << 10];
    private final int[] words;
    private int nodes = 1;
    private int wordCount;

    Layout(Spelling[] spellings) {
      this.spellings = spellings;
      words = new int[spellings.length];
    }

    LexiconTrie trie() {
      waiting.add(new Run(0, spellings.length, 0));
      int node = 0;
      for (; !waiting.isEmpty(); node++) {
        ensureRoom();
        Run run = waiting.remove();
        firstChild[node] = nodes;
        firstWord[node] = wordCount;
        addChildren(new Run(addWords(run), run.to, run.depth));
      }
      ensureRoom();
      firstChild[node] = nodes;
      firstWord[node] = wordCount;
      return new LexiconTrie(
          Arrays.copyOf(tokens, nodes),
          Arrays.copyOf(firstChild, nodes + 1),
          Arrays.copyOf(firstWord, nodes + 1),
          Arrays.copyOf(words, wordCount));
    }

    /** Adds the words that end here; returns the first spelling that goes on. */
    private int addWords(Run run) {
      int at = run.from;
      for (; at < run.to && spellings[at].tokens.length == run.depth; at++) {
        boolean again = at > run.from && spellings[at].word == spellings[at - 1].word;
        if (!again) {
          words[wordCount++] = spellings[at].word;
        }
      }
      return at;
    }

    private void addChildren(Run run) {
      int from = run.from;
      while (from < run.to) {
        short token = spellings[from].tokens[run.depth];
        int to = from + 1;
        while (to < run.to && spellings[to].tokens[run.depth] == token) {
          to++;
        }
        ensureRoom();
        tokens[nodes++] = token;
        waiting.add(new Run(from, to, run.depth + 1));
        from = to;
      }
    }

    private void ensureRoom() {
      if (nodes + 2 > tokens.length) {
        tokens = Arrays.copyOf(tokens, 2 * tokens.length);
        firstChild = Arrays.copyOf(firstChild, 2 * firstChild.length);
        firstWord = Arrays.copyOf(firstWord, 2 * firstWord.length);
      }
    }
  }
}
