package io.maie.edge.audio.container;

import io.maie.edge.amount.Amounts;
import io.maie.edge.audio.container.ChunkWalk.Chunk;
import java.io.IOException;
import java.util.Optional;

/** Sony Wave64: RIFF with 16-byte identifiers and 64-bit sizes that include the chunk's header. */
final class Wave64Format implements ContainerFormat {
  private static final int CHUNK_HEADER = 24;
  private static final int FIRST_CHUNK = 40;
  private static final int ALIGNMENT = 8;

  @Override
  public boolean recognises(ByteBlock head) {
    return head.hasText(0, "riff.\u0091\u00CF\u0011") && head.hasText(24, "wave");
  }

  @Override
  public Completeness judge(ByteSource source) throws IOException, TooMuchToReadException {
    long declared = source.read(16, 8).i64le(0);
    Optional<Chunk> data =
        new ChunkWalk(source, CHUNK_HEADER, Wave64Format::chunk).find("data", FIRST_CHUNK);
    boolean isOpen = declared <= 0 || (data.isPresent() && data.get().bytes() <= 0);
    if (isOpen) {
      return Completeness.growing("the Wave64 header does not say yet how long it is");
    }
    long end = data.map(chunk -> Math.max(declared, end(chunk))).orElse(declared);
    if (end > source.size()) {
      return Completeness.missingUnlessAbsurd(new Amount("Wave64 header", end, source.size()));
    }
    return data.isPresent()
        ? Completeness.whole("the Wave64 header declares " + Amounts.bytes(end) + ", all are there")
        : Completeness.cannotTell("the Wave64 file holds no chunk with sound");
  }

  private static long end(Chunk chunk) {
    long end = chunk.content() + chunk.bytes();
    return end < 0 ? Long.MAX_VALUE : end;
  }

  /** Returns whether {@code header} is that of a chunk. */
  static boolean isChunk(ByteBlock header) {
    // how all identifiers end
    return header.length() == CHUNK_HEADER && header.u32(12) == 0x4F8E_DB8AL;
  }

  static Chunk chunk(ByteBlock header, long start) {
    long bytes = header.i64le(16) - CHUNK_HEADER;
    long content = start + CHUNK_HEADER;
    long padding = -bytes & (ALIGNMENT - 1);
    return new Chunk(header.text(0, 4), content, bytes, content + bytes + padding);
  }
}
