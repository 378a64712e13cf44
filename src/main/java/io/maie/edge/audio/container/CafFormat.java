package io.maie.edge.audio.container;

import io.maie.edge.audio.container.ChunkWalk.Chunk;
import java.io.IOException;
import java.util.Optional;

/** Apple's Core Audio Format; a size of -1 of the last chunk means "to the end of the file". */
final class CafFormat implements ContainerFormat {
  private static final int CHUNK_HEADER = 12;
  private static final int FIRST_CHUNK = 8;

  @Override
  public boolean recognises(ByteBlock head) {
    return head.hasText(0, "caff");
  }

  @Override
  public Completeness judge(ByteSource source) throws IOException, TooMuchToReadException {
    Optional<Chunk> data =
        new ChunkWalk(source, CHUNK_HEADER, CafFormat::chunk).find("data", FIRST_CHUNK);
    if (data.isEmpty()) {
      return Completeness.incomplete("the CAF file holds no chunk with sound yet");
    }
    Chunk sound = data.get();
    if (sound.bytes() <= 0) {
      return Completeness.growing("the CAF header does not say yet how long the sound is");
    }
    long available = source.size() - sound.content();
    return sound.bytes() > available
        ? Completeness.missingUnlessAbsurd(new Amount("CAF header", sound.bytes(), available))
        // a table that decoding needs may follow the sound and cannot be missed from here
        : Completeness.cannotTell("the sound that the CAF header declares is there");
  }

  static Chunk chunk(ByteBlock header, long start) {
    long bytes = header.i64(4);
    long content = start + CHUNK_HEADER;
    return new Chunk(header.text(0, 4), content, bytes, content + bytes);
  }
}
