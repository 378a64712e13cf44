package io.maie.edge.audio.container;

import java.io.IOException;

/**
 * Ogg (RFC 3533): Opus, Vorbis, Speex, FLAC in pages. The last page must end with the last byte,
 * pass its checksum, and carry the end-of-stream flag.
 */
final class OggFormat implements ContainerFormat {
  private static final int PAGE_HEADER = 27;
  private static final int LARGEST_PAGE = PAGE_HEADER + 255 + 255 * 255;
  private static final int END_OF_STREAM = 4;

  /** Reserved but unfilled space shows in the last bytes. */
  private static final int PROBE_BYTES = 64;

  @Override
  public boolean recognises(ByteBlock head) {
    return head.hasText(0, "OggS");
  }

  @Override
  public Completeness judge(ByteSource source) throws IOException, TooMuchToReadException {
    ByteBlock tail = source.tail(LARGEST_PAGE);
    for (int at = tail.length() - 4; at >= 0; at--) {
      if (tail.u8(at) != 'O' || !tail.hasText(at, "OggS")) {
        continue;
      }
      int end = pageEnd(tail, at);
      if (end > tail.length()) {
        return Completeness.incomplete("the last Ogg page is cut off");
      }
      if (end == tail.length() && isIntact(tail, at)) {
        return (tail.u8(at + 5) & END_OF_STREAM) != 0
            ? Completeness.whole("the Ogg stream has its last page")
            : Completeness.growing("the Ogg stream has no last page yet");
      }
    }
    return source.tail(PROBE_BYTES).isZero()
        ? Completeness.incomplete(
            "the Ogg file ends in zeros, its space is reserved and not filled")
        : Completeness.cannotTell("the Ogg stream is followed by other bytes");
  }

  /** Bytes of the page that begins at {@code start}; the rest of the file if it is cut off. */
  static long pageBytes(ByteSource source, long start) throws IOException, TooMuchToReadException {
    ByteBlock page = source.read(start, PAGE_HEADER + 255);
    int end = pageEnd(page, 0);
    return end == Integer.MAX_VALUE ? source.size() - start : end;
  }

  /** The end of the page at {@code at}; beyond the block if the page is cut off. */
  private static int pageEnd(ByteBlock tail, int at) {
    if (!tail.holds(at, PAGE_HEADER)) {
      return Integer.MAX_VALUE;
    }
    int segments = tail.u8(at + 26);
    if (!tail.holds(at + PAGE_HEADER, segments)) {
      return Integer.MAX_VALUE;
    }
    int end = at + PAGE_HEADER + segments;
    for (int i = 0; i < segments; i++) {
      end += tail.u8(at + PAGE_HEADER + i);
    }
    return end;
  }

  /** CRC-32 with polynomial 0x04C11DB7, not reflected, over the page with its checksum as zero. */
  private static boolean isIntact(ByteBlock tail, int at) {
    int crc = 0;
    for (int i = at; i < tail.length(); i++) {
      boolean isChecksum = i >= at + 22 && i < at + 26;
      crc ^= isChecksum ? 0 : tail.u8(i) << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc < 0 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
      }
    }
    return Integer.toUnsignedLong(crc) == tail.u32le(at + 22);
  }
}
