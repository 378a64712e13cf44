package io.maie.edge.audio.container;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Looks for the signatures with which recordings begin while the bytes of a file pass, so that
 * recordings stored one behind the other are found. Four bytes are weak evidence: {@link
 * SoundParts} judges what was found. Used once, by one thread.
 */
public final class SignatureScan {

  private static final int WORD = 4;

  /** One in this many neighbouring pairs of bytes is looked at; a word holds one of them. */
  private static final int STRIDE = WORD - 1;

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
    word("FLV\u0001"),
    word("Crea"),
    word("nut/"),
    word("ID3\u0002"),
    word("ID3\u0003"),
    word("ID3\u0004")
  };

  /** Pairs that lie in eight bytes. */
  private static final int LOOKS = 3;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Per pair of neighbouring bytes, the first one lowest, whether a word holds it. */
  private static final boolean[] PAIRS = pairs();

  private final List<Long> found = new ArrayList<>();

  /** The last bytes of the block before, for words that two blocks share. */
  private byte[] last = new byte[0];

  private long position;
  private int tags;
  private final TransportScan transport = new TransportScan();
  private final FrameScan frames = new FrameScan();

  /** Takes the next {@code length} bytes of {@code block}. */
  public void accept(byte[] block, int length) {
    transport.accept(block, length);
    frames.accept(block, length);
    if (found.size() < MOST) {
      int shared = Math.min(length, WORD - 1);
      byte[] joint = Arrays.copyOf(last, last.length + shared);
      System.arraycopy(block, 0, joint, last.length, shared);
      search(new Block(joint, joint.length, position - last.length));
      search(new Block(block, length, position));
      int kept = Math.min(length, WORD - 1);
      last = Arrays.copyOfRange(block, length - kept, length);
    }
    position += length;
  }

  /** The number of MPEG audio tags behind the beginning. */
  public int tags() {
    return tags;
  }

  /**
   * Bytes that pass.
   *
   * @param length of them, at most that of the array
   * @param offset of the first one in the file
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Block(byte[] bytes, int length, long offset) {}

  /**
   * Jumps from pair to pair, of which few are in a word. Eight bytes hold three pairs: they are
   * read at once, and no look waits for the one before.
   */
  private void search(Block block) {
    byte[] passing = block.bytes();
    int length = block.length();
    int at = 0;
    for (; at + Long.BYTES <= length; at += LOOKS * STRIDE) {
      long bytes = (long) EIGHT_BYTES.get(passing, at);
      int one = (int) bytes & 0xFFFF;
      int two = (int) (bytes >>> (STRIDE * Byte.SIZE)) & 0xFFFF;
      int three = (int) (bytes >>> (2 * STRIDE * Byte.SIZE));
      if (PAIRS[one] || PAIRS[two] || PAIRS[three]) {
        for (int look = 0; look < LOOKS; look++) {
          checkPair(block, at + look * STRIDE);
        }
      }
    }
    for (; at + 1 < length; at += STRIDE) {
      checkPair(block, at);
    }
  }

  /** Looks at the words that may hold the pair of bytes at {@code pair}. */
  private void checkPair(Block block, int pair) {
    byte[] bytes = block.bytes();
    if (PAIRS[(bytes[pair] & 0xFF) | (bytes[pair + 1] & 0xFF) << Byte.SIZE]) {
      int last = Math.min(pair, block.length() - WORD);
      for (int begin = Math.max(0, pair - WORD + 2); begin <= last; begin++) {
        checkWord(block, begin);
      }
    }
  }

  private void checkWord(Block looked, int at) {
    byte[] block = looked.bytes();
    int length = looked.length();
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
        long start = looked.offset() + at - (word == FTYP ? WORD : 0);
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

  /** Positions at which a stream without a header of its own becomes another one, ascending. */
  List<Long> changes() {
    return transport.changes().isEmpty() ? frames.changes() : transport.changes();
  }

  /** Returns whether the file is a stream of frames that was followed to its end. */
  public boolean followedFrames() {
    return frames.isFollowed();
  }

  /** Returns whether other bytes stand before, between or behind the frames. */
  public boolean passedOtherBytes() {
    return tags > 0 || frames.passedOtherBytes();
  }

  /** The share of a stream of frames that stands before damaged ones; empty if none are. */
  public OptionalDouble damage() {
    return frames.damage();
  }

  private static int word(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes[0] << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
  }

  private static boolean[] pairs() {
    boolean[] pairs = new boolean[1 << (2 * Byte.SIZE)];
    for (int word : WORDS) {
      for (int shift = 0; shift <= 2 * Byte.SIZE; shift += Byte.SIZE) {
        pairs[Short.toUnsignedInt(Short.reverseBytes((short) (word >>> shift)))] = true;
      }
    }
    return pairs;
  }
}
