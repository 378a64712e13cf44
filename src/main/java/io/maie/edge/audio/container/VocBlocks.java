package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * Sizes of the blocks of a Creative Voice File. Decoders take what stands behind a block of wrong
 * size for the next one, and end at the first zero. A size is wrong if the blocks behind it do not
 * lead to the end; the right one reaches to the next place from which they do, or else to the end.
 */
final class VocBlocks {
  /** Begins each such file. */
  static final String SIGNATURE = "Creative Voice File\u001a";

  /** Its first four bytes. */
  private static final long BEGINNING = 0x4372_6561L;

  private static final int HEADER_SIZE_AT = 20;
  private static final int BLOCK_HEADER = 4;
  private static final int SIZE_BYTES = 3;
  private static final int LAST_TYPE = 9;

  /** The only kind of block that may be empty. */
  private static final int REPEAT_END = 7;

  /** Bytes that may follow the last block and are no sound. */
  private static final int MOST_BEHIND = 64;

  private static final int MOST_BLOCKS = 1 << 20;

  /** The bytes behind a wrong size in which the next blocks are looked for. */
  private static final int SEARCH = 1 << 24;

  private final ByteWindow bytes;

  VocBlocks(FileChannel channel) throws IOException {
    this.bytes = new ByteWindow(channel);
  }

  /** The size to correct; decoders take one of 0 as all that follows. */
  List<Correction> corrections() throws IOException {
    long at = bytes.littleEndian(HEADER_SIZE_AT, 2);
    long sound = -1;
    for (int i = 0; i < MOST_BLOCKS && at < bytes.size(); i++) {
      if (bytes.u8(at) == 0 && isEnd(at)) {
        return List.of();
      }
      long size = bytes.littleEndian(at + 1, SIZE_BYTES);
      sound = isSound(at) ? at : sound;
      if (!isBlock(at)) {
        return sound < 0 ? List.of() : corrected(sound);
      }
      at += BLOCK_HEADER + size;
    }
    return List.of();
  }

  private List<Correction> corrected(long block) throws IOException {
    long content = block + BLOCK_HEADER;
    long last = Math.min(bytes.size(), content + SEARCH);
    long size = 0;
    for (long at = content + 1; at < last && size == 0; at++) {
      size = leadsToEnd(at) ? at - content : 0;
    }
    ByteBuffer value = ByteBuffer.allocate(SIZE_BYTES);
    for (int i = 0; i < SIZE_BYTES; i++) {
      value.put(i, (byte) (size >> (8 * i)));
    }
    boolean isRight = size == bytes.littleEndian(block + 1, SIZE_BYTES);
    return isRight ? List.of() : List.of(new Correction(block + 1, value));
  }

  /** Returns whether blocks follow each other from there to the end of the file or the last one. */
  private boolean leadsToEnd(long from) throws IOException {
    long at = from;
    for (int i = 0; i < MOST_BLOCKS && isBlock(at); i++) {
      at += BLOCK_HEADER + bytes.littleEndian(at + 1, SIZE_BYTES);
      if (at == bytes.size()) {
        return true;
      }
    }
    return bytes.u8(at) == 0 && isEnd(at);
  }

  private boolean isBlock(long at) throws IOException {
    int type = bytes.u8(at);
    long size = bytes.littleEndian(at + 1, SIZE_BYTES);
    boolean isKnown = type > 0 && type <= LAST_TYPE;
    return isKnown && (size > 0 || type == REPEAT_END) && at + BLOCK_HEADER + size <= bytes.size();
  }

  /** Kinds of blocks with samples: the first one, one that goes on, and the first of new files. */
  private boolean isSound(long at) throws IOException {
    int type = bytes.u8(at);
    return type == 1 || type == 2 || type == LAST_TYPE;
  }

  /** Returns whether the last block stands there: near the end, or before another recording. */
  private boolean isEnd(long at) throws IOException {
    return bytes.size() - at <= MOST_BEHIND || bytes.bigEndian(at + 1, 4) == BEGINNING;
  }
}
