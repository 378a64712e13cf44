package io.maie.edge.audio.container;

import io.maie.edge.amount.Amounts;
import io.maie.edge.audio.container.ChunkWalk.Chunk;
import java.io.IOException;
import java.util.Optional;

/** AIFF and AIFF-C: big-endian chunks; the sound is in {@code SSND}. */
final class AiffFormat implements ContainerFormat {
  private static final int CHUNK_HEADER = 8;
  private static final int FIRST_CHUNK = 12;
  private static final long ALMOST_LARGEST = 0xFFFF_F000L;

  @Override
  public boolean recognises(ByteBlock head) {
    return head.hasText(0, "FORM") && (head.hasText(8, "AIFF") || head.hasText(8, "AIFC"));
  }

  @Override
  public Completeness judge(ByteSource source) throws IOException, TooMuchToReadException {
    long declared = source.read(4, 4).u32(0);
    Optional<Chunk> sound =
        new ChunkWalk(source, CHUNK_HEADER, AiffFormat::chunk).find("SSND", FIRST_CHUNK);
    boolean isOpen = isOpen(declared) || sound.stream().anyMatch(chunk -> isOpen(chunk.bytes()));
    if (isOpen) {
      return Completeness.growing("the AIFF header does not say yet how long it is");
    }
    long soundEnd = sound.map(chunk -> chunk.content() + chunk.bytes()).orElse(0L);
    // the padding byte of an odd size may be missing
    long end = Math.max(declared + CHUNK_HEADER - 1, soundEnd);
    if (end > source.size()) {
      return Completeness.missing(new Amount("AIFF header", end, source.size()));
    }
    return sound.isPresent()
        ? Completeness.whole("the AIFF header declares " + Amounts.bytes(end) + ", all are there")
        : Completeness.cannotTell("the AIFF file holds no chunk with sound");
  }

  /** Recorders write zero or the largest number until they know. */
  private static boolean isOpen(long size) {
    return size == 0 || size >= ALMOST_LARGEST;
  }

  static Chunk chunk(ByteBlock header, long start) {
    long bytes = header.u32(4);
    long content = start + CHUNK_HEADER;
    return new Chunk(header.text(0, 4), content, bytes, content + bytes + (bytes & 1));
  }
}
