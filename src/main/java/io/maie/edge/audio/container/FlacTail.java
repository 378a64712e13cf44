package io.maie.edge.audio.container;

import io.maie.edge.audio.container.FlacFormat.StreamHeader;

/**
 * The frames at the end of a FLAC stream.
 *
 * @param isComplete whether the last frame of the stream is there, byte for byte
 * @param samplesReached samples up to the end of the last frame whose header was found; 0 if none
 */
record FlacTail(boolean isComplete, long samplesReached) {
  /*
   * A frame begins with 14 sync bits, two bits that are fixed within a file, and a header that ends
   * with its CRC-8; it ends with a CRC-16 over all of it (RFC 9639, section 9). Headers are looked
   * for from the end. Bytes within a frame may look like a header; only one in 256 of those passes
   * the CRC-8, and a complete stream needs the right sample number and the CRC-16 too.
   */
  private static final int SMALLEST_HEADER = 6;

  /**
   * Frames whose CRC-16 is computed; each costs as much as the bytes behind it. An honest stream
   * needs one, and by chance hardly ever another.
   */
  private static final int MOST_FRAMES = 16;

  static FlacTail of(ByteBlock tail, StreamHeader info) {
    long reached = 0;
    int frames = 0;
    for (int at = tail.length() - SMALLEST_HEADER; at >= 0; at--) {
      if (tail.u8(at) != 0xFF || (tail.u8(at + 1) & 0xFE) != 0xF8) {
        continue;
      }
      Frame frame = new Frame(tail, at);
      long end = frame.samplesAfter(info);
      if (end == info.samples() && frames++ < MOST_FRAMES && frame.isLast()) {
        return new FlacTail(true, end);
      }
      if (end <= info.samples()) {
        reached = Math.max(reached, end);
      }
    }
    return new FlacTail(false, reached);
  }

  /**
   * Samples of the frame at the beginning of {@code frames}, if it is the first of a stream whose
   * blocks are all equal but the last; else 0.
   */
  static int fixedBlockSize(ByteBlock frames) {
    boolean isFixed = frames.holds(0, SMALLEST_HEADER) && frames.bigEndian(0, 2) == 0xFFF8;
    boolean isFirst = isFixed && frames.u8(4) == 0;
    return isFirst ? (int) new Frame(frames, 0).samplesAfter(new StreamHeader(0, 0, 0, 0)) : 0;
  }

  /** The frame that begins at {@code at}, if one does. */
  private record Frame(ByteBlock tail, int at) {

    /** Samples of the stream after the frame; 0 if there is no frame. */
    long samplesAfter(StreamHeader info) {
      int rateCode = tail.u8(at + 2) & 0xF;
      int numberBytes = numberBytes(tail.u8(at + 4));
      boolean isReserved = sizeCode() == 0 || rateCode == 15 || (tail.u8(at + 3) & 1) != 0;
      if (isReserved || numberBytes == 0) {
        return 0;
      }
      int sizeAt = at + 4 + numberBytes;
      int rateBytes = rateCode == 12 ? 1 : rateCode == 13 || rateCode == 14 ? 2 : 0;
      int checkAt = sizeAt + sizeBytes() + rateBytes;
      // a frame of silence is hardly longer than its header
      boolean isCut = !tail.holds(at, checkAt - at + 1);
      if (isCut || crc8(checkAt) != tail.u8(checkAt)) {
        return 0;
      }
      boolean countsSamples = (tail.u8(at + 1) & 1) != 0;
      long number = number(numberBytes);
      long first = countsSamples ? number : number * info.blockSize();
      return first + blockSize(sizeAt);
    }

    private int sizeCode() {
      return tail.u8(at + 2) >> 4;
    }

    /** Bytes of the block's size, where the code does not tell it. */
    private int sizeBytes() {
      return sizeCode() == 6 ? 1 : sizeCode() == 7 ? 2 : 0;
    }

    private long blockSize(int sizeAt) {
      int code = sizeCode();
      if (sizeBytes() > 0) {
        return tail.bigEndian(sizeAt, sizeBytes()) + 1;
      }
      if (code == 1) {
        return 192;
      }
      return code <= 5 ? 576L << (code - 2) : 256L << (code - 8);
    }

    /** Length of a number coded like UTF-8, extended to seven bytes; 0 if it is none. */
    private static int numberBytes(int first) {
      if (first < 0x80) {
        return 1;
      }
      int ones = Integer.numberOfLeadingZeros(~(first << 24));
      return ones >= 2 && ones <= 7 ? ones : 0;
    }

    /** The number of the frame, or of its first sample. */
    private long number(int bytes) {
      int first = tail.u8(at + 4);
      if (bytes == 1) {
        return first;
      }
      long value = first & (0x7F >> bytes);
      for (int i = 1; i < bytes; i++) {
        value = value << 6 | (tail.u8(at + 4 + i) & 0x3F);
      }
      return value;
    }

    /** Returns whether the frame ends where the stream does. */
    boolean isLast() {
      int end = tail.length() - 2;
      return end > at && crc16(end) == tail.bigEndian(end, 2);
    }

    /** Polynomial x^8 + x^2 + x + 1. */
    private int crc8(int end) {
      int crc = 0;
      for (int i = at; i < end; i++) {
        crc ^= tail.u8(i);
        for (int bit = 0; bit < 8; bit++) {
          crc = (crc & 0x80) != 0 ? (crc << 1 ^ 0x07) & 0xFF : crc << 1;
        }
      }
      return crc;
    }

    /** Polynomial x^16 + x^15 + x^2 + 1. */
    private int crc16(int end) {
      int crc = 0;
      for (int i = at; i < end; i++) {
        crc ^= tail.u8(i) << 8;
        for (int bit = 0; bit < 8; bit++) {
          crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x8005) & 0xFFFF : crc << 1;
        }
      }
      return crc;
    }
  }
}
