package io.maie.edge.audio.container;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for the signatures with which recordings begin while the bytes of a file pass, so that
 * recordings stored one behind the other are found. Four bytes are weak evidence: {@link
 * SoundParts} judges what was found. Used once, by one thread.
 */
public final class SignatureScan {

  /*
   * Horspool's search (Practical fast searching in strings, 1980) for several words of equal
   * length: the last byte of a window says how far the next window may lie behind it.
   */

  private static final int WORD = 4;

  /** More candidates than any file that was put together of recordings has. */
  private static final int MOST = 4_096;

  /** Offset of a page's type, and the bit that marks the first page of an Ogg stream. */
  private static final int OGG_FLAGS = 5;

  private static final int OGG_FIRST = 2;

  private static final int OGG = word("OggS");

  /** Type of the first box of MP4; stands behind its size. */
  private static final int FTYP = word("ftyp");

  /** Offset of the number of the first sample in a block of WavPack. */
  static final int WAVPACK_INDEX = 16;

  private static final int WAVPACK = word("wvpk");

  private static final int TAG = word("ID3\u0000") >>> Byte.SIZE;

  private static final int[] WORDS = {
    word("RIFF"),
    word("RIFX"),
    word("RF64"),
    word("BW64"),
    word("riff"),
    word("FORM"),
    word("caff"),
    word(".snd"),
    word("fLaC"),
    OGG,
    word("\u001aE\u00df\u00a3"),
    FTYP,
    word("0&\u00b2u"),
    word("#!AM"),
    WAVPACK,
    word("TTA1"),
    word("ID3\u0002"),
    word("ID3\u0003"),
    word("ID3\u0004")
  };

  private static final int[] SHIFTS = shifts();

  /** Per byte, whether a word begins with it: last bytes of words are frequent in samples. */
  private static final boolean[] BEGINS = begins();

  private final List<Long> found = new ArrayList<>();

  /** The last bytes of the block before, for words that two blocks share. */
  private byte[] last = new byte[0];

  private long position;
  private int tags;

  /** Takes the next {@code length} bytes of {@code block}. */
  public void accept(byte[] block, int length) {
    if (found.size() < MOST) {
      int shared = Math.min(length, WORD - 1);
      byte[] joint = Arrays.copyOf(last, last.length + shared);
      System.arraycopy(block, 0, joint, last.length, shared);
      search(joint, joint.length, position - last.length);
      search(block, length, position);
      int kept = Math.min(length, WORD - 1);
      last = Arrays.copyOfRange(block, length - kept, length);
    }
    position += length;
  }

  /** The number of MPEG audio tags behind the beginning. */
  public int tags() {
    return tags;
  }

  private void search(byte[] block, int length, long offset) {
    int at = WORD - 1;
    while (at < length) {
      int shift = SHIFTS[block[at] & 0xFF];
      if (shift == 0) {
        int begin = at - WORD + 1;
        if (BEGINS[block[begin] & 0xFF]) {
          check(block, begin, length, offset);
        }
        shift = 1;
      }
      at += shift;
    }
  }

  private void check(byte[] block, int at, int length, long offset) {
    int here =
        block[at] << 24
            | (block[at + 1] & 0xFF) << 16
            | (block[at + 2] & 0xFF) << 8
            | (block[at + 3] & 0xFF);
    boolean isLaterPage =
        here == OGG && at + OGG_FLAGS < length && (block[at + OGG_FLAGS] & OGG_FIRST) == 0;
    boolean isLaterBlock =
        here == WAVPACK
            && at + WAVPACK_INDEX + WORD <= length
            && (block[at + WAVPACK_INDEX]
                    | block[at + WAVPACK_INDEX + 1]
                    | block[at + WAVPACK_INDEX + 2]
                    | block[at + WAVPACK_INDEX + 3])
                != 0;
    if (isLaterPage || isLaterBlock) {
      return;
    }
    for (int word : WORDS) {
      if (here == word && found.size() < MOST) {
        long start = offset + at - (word == FTYP ? WORD : 0);
        tags += word >>> Byte.SIZE == TAG && start > 0 ? 1 : 0;
        found.add(start);
      }
    }
  }

  /**
   * Positions at which recordings may begin, ascending; empty if there are more than any file has.
   */
  List<Long> candidates() {
    return found.size() < MOST ? List.copyOf(found) : List.of();
  }

  private static int word(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes[0] << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
  }

  private static boolean[] begins() {
    boolean[] begins = new boolean[256];
    for (int word : WORDS) {
      begins[word >>> (Byte.SIZE * (WORD - 1))] = true;
    }
    return begins;
  }

  private static int[] shifts() {
    int[] shifts = new int[256];
    Arrays.fill(shifts, WORD);
    for (int word : WORDS) {
      for (int i = 0; i < WORD; i++) {
        int value = (word >>> (Byte.SIZE * (WORD - 1 - i))) & 0xFF;
        shifts[value] = Math.min(shifts[value], WORD - 1 - i);
      }
    }
    return shifts;
  }
}
