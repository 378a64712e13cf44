package io.maie.edge.asr.frames;

import java.util.Arrays;
import java.util.BitSet;

/** A back-off n-gram of any order in flat arrays. Immutable once built. */
final class NgramModel implements LanguageModel {
  /*
   * Every n-gram is an entry: the history's entry plus a word. Entry 0 is the empty history. A
   * lookup that fails pays the history's back-off weight and goes on with the history less its first
   * word, found through a suffix link (the failure function of Aho and Corasick). The state after a
   * word is the longest entry that can matter later: an entry without continuation and without
   * back-off weight is replaced by its suffix, so that hypotheses meet sooner.
   *
   * Costs 20 to 28 bytes per n-gram plus 4 to 8 bytes of hash table.
   *
   * [1] S. M. Katz, Estimation of probabilities from sparse data ..., IEEE Trans. ASSP 35 (1987).
   */

  /** The empty history. */
  private static final int EMPTY = 0;

  private static final int NONE = -1;

  /** Natural-log cost of a word outside the model, if it has no {@code <unk>}: 1e-10 or so. */
  private static final float UNKNOWN = -23f;

  private final int[] slots;
  private final int[] histories;
  private final int[] words;
  private final float[] logProbabilities;
  private final int[] states;

  /** For entries that can be histories, which come first. */
  private final float[] backoffs;

  private final int[] suffixes;
  private final int[] unigrams;
  private final int start;
  private final int endWord;
  private final float unknown;

  private NgramModel(Builder from) {
    slots = from.slots;
    histories = Arrays.copyOf(from.histories, from.size);
    words = Arrays.copyOf(from.words, from.size);
    logProbabilities = Arrays.copyOf(from.logProbabilities, from.size);
    backoffs = Arrays.copyOf(from.backoffs, from.historyCount());
    suffixes = Arrays.copyOf(from.suffixes, from.historyCount());
    unigrams = from.unigrams;
    states = from.states();
    int startWord = from.table.find("<s>");
    int startEntry = startWord < 0 ? NONE : unigramEntry(startWord);
    start = startEntry < 0 ? EMPTY : states[startEntry];
    endWord = from.table.find("</s>");
    int unknownWord = from.table.find("<unk>");
    int unknownEntry = unknownWord < 0 ? NONE : unigramEntry(unknownWord);
    unknown = unknownEntry < 0 ? UNKNOWN : logProbabilities[unknownEntry];
  }

  @Override
  public int start() {
    return start;
  }

  @Override
  public long score(int state, int word) {
    float sum = 0;
    int history = state;
    while (history != EMPTY) {
      int entry = find(slots, histories, words, history, word);
      if (entry >= 0) {
        return LanguageModel.scored(sum + logProbabilities[entry], states[entry]);
      }
      sum += backoffs[history];
      history = suffixes[history];
    }
    int entry = unigramEntry(word);
    return entry < 0
        ? LanguageModel.scored(sum + unknown, EMPTY)
        : LanguageModel.scored(sum + logProbabilities[entry], states[entry]);
  }

  @Override
  public float end(int state) {
    return endWord < 0 ? 0 : LanguageModel.logProbability(score(state, endWord));
  }

  private int unigramEntry(int word) {
    return word >= 0 && word < unigrams.length ? unigrams[word] : NONE;
  }

  private static int find(int[] slots, int[] histories, int[] words, int history, int word) {
    int mask = slots.length - 1;
    for (int slot = hash(history, word) & mask; ; slot = slot + 1 & mask) {
      int entry = slots[slot] - 1;
      if (entry < 0 || (histories[entry] == history && words[entry] == word)) {
        return entry;
      }
    }
  }

  private static int hash(int history, int word) {
    int hash = history * 0x9E3779B1 + word * 0x85EBCA6B;
    hash ^= hash >>> 15;
    hash *= 0x2C1B3C6D;
    return hash ^ hash >>> 13;
  }

  /** Takes n-grams in order of length: all of one word first. */
  static final class Builder {
    private final WordTable table;
    private int[] slots;
    private int[] histories;
    private int[] words;
    private float[] logProbabilities;
    private float[] backoffs;
    private int[] suffixes;
    private int[] unigrams = new int[0];
    private int size = 1;

    /** The first entry of the longest n-grams so far. */
    private int longestFrom = 1;

    private int longest = 1;

    /**
     * A builder with room for {@code expected} n-grams; grows if there are more.
     *
     * @param table numbers of the words
     */
    Builder(WordTable table, int expected) {
      this.table = table;
      slots = new int[slotsFor(expected)];
      histories = new int[expected + 1];
      words = new int[expected + 1];
      logProbabilities = new float[expected + 1];
      backoffs = new float[expected + 1];
      suffixes = new int[expected + 1];
      histories[EMPTY] = NONE;
      words[EMPTY] = NONE;
    }

    /** The entry of {@code history} and then {@code word}; negative if there is none. */
    int find(int history, int word) {
      if (history == EMPTY) {
        return word >= 0 && word < unigrams.length ? unigrams[word] : NONE;
      }
      return NgramModel.find(slots, histories, words, history, word);
    }

    /**
     * Adds an n-gram; a second one with the same words is ignored.
     *
     * @param length number of words, never less than that of the n-grams before
     * @param history the entry of its words but the last
     */
    void add(int length, int history, int word, float logProbability, float backoff) {
      if (find(history, word) >= 0) {
        return;
      }
      if (length > longest) {
        longest = length;
        longestFrom = size;
      }
      if (size == words.length) {
        growEntries();
      }
      int entry = size++;
      histories[entry] = history;
      words[entry] = word;
      logProbabilities[entry] = logProbability;
      backoffs[entry] = backoff;
      suffixes[entry] = suffix(history, word);
      index(entry);
    }

    NgramModel build() {
      return new NgramModel(this);
    }

    private int suffix(int history, int word) {
      int shorter = history;
      while (shorter != EMPTY) {
        shorter = suffixes[shorter];
        int entry = find(shorter, word);
        if (entry >= 0) {
          return entry;
        }
      }
      return EMPTY;
    }

    private void index(int entry) {
      if (histories[entry] == EMPTY) {
        int word = words[entry];
        if (word >= unigrams.length) {
          int length = unigrams.length;
          unigrams = Arrays.copyOf(unigrams, Math.max(2 * length, word + 1));
          Arrays.fill(unigrams, length, unigrams.length, NONE);
        }
        unigrams[word] = entry;
        return;
      }
      if (2 * size > slots.length) {
        slots = new int[2 * slots.length];
        for (int known = 1; known < entry; known++) {
          if (histories[known] != EMPTY) {
            slots[freeSlot(known)] = known + 1;
          }
        }
      }
      slots[freeSlot(entry)] = entry + 1;
    }

    private int freeSlot(int entry) {
      int mask = slots.length - 1;
      int slot = hash(histories[entry], words[entry]) & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      return slot;
    }

    private void growEntries() {
      int capacity = 2 * words.length;
      histories = Arrays.copyOf(histories, capacity);
      words = Arrays.copyOf(words, capacity);
      logProbabilities = Arrays.copyOf(logProbabilities, capacity);
      backoffs = Arrays.copyOf(backoffs, capacity);
      suffixes = Arrays.copyOf(suffixes, capacity);
    }

    /**
     * Entries shorter than the longest; a model of single words has no history but the empty one.
     */
    private int historyCount() {
      return longestFrom;
    }

    private int[] states() {
      BitSet continued = new BitSet(size);
      for (int entry = 1; entry < size; entry++) {
        continued.set(histories[entry]);
      }
      int[] states = new int[size];
      for (int entry = 1; entry < size; entry++) {
        int state = entry;
        while (state != EMPTY
            && (state >= longestFrom || (!continued.get(state) && backoffs[state] == 0))) {
          state = suffixes[state];
        }
        states[entry] = state;
      }
      return states;
    }

    private static int slotsFor(int expected) {
      return Integer.highestOneBit(Math.max(16, expected)) * 2;
    }
  }
}
