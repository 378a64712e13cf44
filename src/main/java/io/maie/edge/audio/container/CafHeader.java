package io.maie.edge.audio.container;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Header of CAF with uncompressed sound whose numbers cannot be right. */
final class CafHeader {
  private static final int CHUNK_HEADER = 12;
  private static final int FIRST_CHUNK = 8;
  private static final int BYTES = 32;
  private static final int EDIT_COUNT = 4;
  private static final long IS_FLOAT = 1;
  private static final long IS_LITTLE_ENDIAN = 2;

  private CafHeader() {}

  /** The header of a recording; null if decoders can be trusted with it. */
  static @Nullable MisreadHeader misread(ByteSource source, ByteSpan recording)
      throws IOException, TooMuchToReadException {
    ChunkWalk walk = new ChunkWalk(source, CHUNK_HEADER, CafFormat::chunk);
    Optional<ChunkWalk.Chunk> format = walk.find("desc", recording.start() + FIRST_CHUNK);
    Optional<ChunkWalk.Chunk> data = walk.find("data", recording.start() + FIRST_CHUNK);
    if (format.isEmpty() || data.isEmpty()) {
      return null;
    }
    ByteBlock block = source.read(format.get().content(), BYTES);
    if (block.length() < BYTES || !block.hasText(8, "lpcm")) {
      return null;
    }
    double rate = Double.longBitsToDouble(block.i64(0));
    PcmNumbers declared =
        new PcmNumbers(
            rate > 0 && rate < Integer.MAX_VALUE ? (long) rate : 0,
            (int) Math.min(block.u32(24), Integer.MAX_VALUE),
            (int) Math.min(block.u32(28), Integer.MAX_VALUE),
            block.u32(16),
            0);
    PcmNumbers right = declared.corrected();
    boolean isTold = block.u32(16) > 0 && block.u32(20) == 1 && !right.differs(declared);
    @Nullable String codec = codec(block.u32(12), right.bits());
    if (isTold || codec == null) {
      return null;
    }
    long start = data.get().content() + EDIT_COUNT;
    long end = data.get().content() + data.get().bytes();
    boolean isSize = end > start && end <= recording.end();
    return new MisreadHeader(
        "caf", codec, (int) right.hertz(), right.channels(), start, isSize ? end : recording.end());
  }

  /** The name in ffmpeg; null if there is none for so many bits. */
  private static @Nullable String codec(long flags, int bits) {
    String order = (flags & IS_LITTLE_ENDIAN) != 0 ? "le" : "be";
    if ((flags & IS_FLOAT) != 0) {
      return bits == 32 || bits == 64 ? "pcm_f" + bits + order : null;
    }
    if (bits == 8) {
      return "pcm_s8";
    }
    return bits == 16 || bits == 24 || bits == 32 ? "pcm_s" + bits + order : null;
  }
}
