package io.maie.edge.audio.container;

/**
 * Frames and packets of streams that have no header before the first: MPEG audio, AAC in ADTS (ISO
 * 13818-7) and LOAS (ISO 14496-3), AC-3 and E-AC-3 (ETSI TS 102 366), packets of MPEG transport
 * streams.
 */
final class StreamFrames {
  /** Enough for the largest frames in a row that are asked for. */
  static final int HEAD_BYTES = 32 * 1024;

  /** Frames in a row that are no coincidence. */
  private static final int CHAIN = 3;

  private static final int HEADER = 6;
  private static final int ADTS_SYNC = 0xFFF0;
  private static final int ADTS_MASK = 0xFFF6;
  private static final int ADTS_HEADER = 7;
  private static final int LOAS_SYNC = 0x56E0;
  private static final int LOAS_MASK = 0xFFE0;
  private static final int AC3_SYNC = 0x0B77;
  private static final int MPEG_SYNC = 0xFFE0;

  /** Larger numbers mark E-AC-3, whose header is another, up to the last of its own. */
  private static final int LAST_OF_AC3 = 10;

  private static final int LAST_OF_EAC3 = 16;

  /** Kilobits a second of AC-3. */
  private static final int[] AC3_RATES = {
    32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640
  };

  private static final int TRANSPORT_SYNC = 0x47;
  private static final int TRANSPORT_PACKET = 188;

  /** Bytes of time stamp before each packet of Blu-ray and cameras. */
  private static final int TRANSPORT_STAMP = 4;

  private StreamFrames() {}

  /** Returns whether a frame begins at {@code at}, and others behind it. */
  static boolean follow(ByteBlock block, int at) {
    int next = at;
    for (int i = 0; i < CHAIN; i++) {
      int bytes = bytes(block, next);
      if (bytes == 0) {
        return false;
      }
      next += bytes;
    }
    return true;
  }

  /**
   * Finds the end of the last chain of frames.
   *
   * @param limit chains that begin here or later do not count
   * @return the index behind its last frame; -1 if there is none
   */
  static int endOfLast(ByteBlock block, long limit) {
    int end = -1;
    for (int at = 0; at < Math.min(limit, block.length()); at++) {
      if (follow(block, at)) {
        at = endOfChain(block, at);
        end = at;
      }
    }
    return end;
  }

  private static int endOfChain(ByteBlock block, int start) {
    int at = start;
    int next = bytes(block, at);
    while (next > 0) {
      at += next;
      next = bytes(block, at);
    }
    return at;
  }

  /** Returns whether {@code count} frames of one codec follow each other from {@code at} on. */
  static boolean follow(ByteBlock block, int at, int count) {
    int next = at;
    for (int i = 0; i < count; i++) {
      int bytes = bytes(block, next);
      if (bytes == 0 || (i > 0 && kind(block, next) != kind(block, at))) {
        return false;
      }
      next += bytes;
    }
    return true;
  }

  /** Returns whether packets of a transport stream begin at {@code at}. */
  static boolean arePackets(ByteBlock block, int at) {
    return arePackets(block, at, TRANSPORT_PACKET)
        || arePackets(block, at + TRANSPORT_STAMP, TRANSPORT_PACKET + TRANSPORT_STAMP);
  }

  private static boolean arePackets(ByteBlock block, int at, int stride) {
    for (int i = 0; i <= CHAIN; i++) {
      if (!block.holds(at + i * stride, 1) || block.u8(at + i * stride) != TRANSPORT_SYNC) {
        return false;
      }
    }
    return true;
  }

  /** Bytes of the frame whose header stands at {@code at}; 0 if there is none. */
  static int bytes(ByteBlock block, int at) {
    if (!block.holds(at, 4)) {
      return 0;
    }
    int mpeg = MpegFrame.bytes((int) block.u32(at));
    if (mpeg > 0 || !block.holds(at, HEADER)) {
      return mpeg;
    }
    int sync = (int) block.bigEndian(at, 2);
    if ((sync & ADTS_MASK) == ADTS_SYNC) {
      int bytes = (int) (block.bigEndian(at + 3, 3) >>> 5) & 0x1FFF;
      return bytes >= ADTS_HEADER ? bytes : 0;
    }
    if ((sync & LOAS_MASK) == LOAS_SYNC) {
      return 3 + ((int) block.bigEndian(at + 1, 2) & 0x1FFF);
    }
    return sync == AC3_SYNC ? ac3(block, at) : 0;
  }

  /** A number that frames of one codec have in common; one begins at {@code at}. */
  static int kind(ByteBlock block, int at) {
    int sync = (int) block.bigEndian(at, 2);
    if (sync == AC3_SYNC) {
      return AC3_SYNC;
    }
    if ((sync & ADTS_MASK) == ADTS_SYNC) {
      return ADTS_SYNC;
    }
    return (sync & LOAS_MASK) == LOAS_SYNC ? LOAS_SYNC : MPEG_SYNC;
  }

  private static int ac3(ByteBlock block, int at) {
    int kind = block.u8(at + 5) >>> 3;
    if (kind > LAST_OF_AC3) {
      return kind <= LAST_OF_EAC3 ? 2 * (1 + ((int) block.bigEndian(at + 2, 2) & 0x7FF)) : 0;
    }
    int size = block.u8(at + 4) & 0x3F;
    if (size >>> 1 >= AC3_RATES.length) {
      return 0;
    }
    int rate = AC3_RATES[size >>> 1];
    return switch (block.u8(at + 4) >>> 6) {
      case 0 -> 4 * rate; // 48 kHz
      case 1 -> 2 * (rate * 320 / 147 + (size & 1)); // 44.1 kHz
      case 2 -> 6 * rate; // 32 kHz
      default -> 0;
    };
  }
}
