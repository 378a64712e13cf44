package io.maie.edge.asr.frames;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Words and their numbers, 0 and up in the order they were added. Keeps the UTF-8 bytes of all
 * words in one array: about 20 bytes per word.
 */
final class WordTable {

  private static final int FIRST_CAPACITY = 1 << 10;

  private byte[] text = new byte[FIRST_CAPACITY * 8];

  /** The index in {@link #text} at which each word begins; one more than there are words. */
  private int[] begin = new int[FIRST_CAPACITY + 1];

  /** Hash table of word numbers plus one; 0 = free. */
  private int[] slots = new int[FIRST_CAPACITY * 2];

  private int size;

  int find(String word) {
    return find(StandardCharsets.UTF_8.encode(word));
  }

  /** The number of a word, the bytes that remain in a buffer with an array; -1 if it is none. */
  int find(ByteBuffer word) {
    return slots[slot(word)] - 1;
  }

  /** Like {@link #find}, but adds the word if it is not there. */
  int add(ByteBuffer word) {
    int slot = slot(word);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    int length = word.remaining();
    if (begin[size] + length > text.length) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, begin[size] + length));
    }
    word.get(word.position(), text, begin[size], length);
    slots[slot] = size + 1;
    if (++size + 1 > begin.length) {
      begin = Arrays.copyOf(begin, 2 * begin.length);
    }
    begin[size] = begin[size - 1] + length;
    if (2 * size > slots.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int word = 0; word < size; word++) {
      slots[slot(ByteBuffer.wrap(text, begin[word], begin[word + 1] - begin[word]))] = word + 1;
    }
  }

  /** The slot of the word, or the free slot where it belongs. */
  private int slot(ByteBuffer word) {
    int mask = slots.length - 1;
    int slot = hash(word) & mask;
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, word)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isAt(int known, ByteBuffer word) {
    int from = word.arrayOffset() + word.position();
    return Arrays.equals(
        text, begin[known], begin[known + 1], word.array(), from, from + word.remaining());
  }

  private static int hash(ByteBuffer word) {
    byte[] bytes = word.array();
    int hash = 1;
    int from = word.arrayOffset() + word.position();
    int to = from + word.remaining();
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ hash >>> 15;
  }
}
