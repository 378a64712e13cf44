package io.maie.edge.audio.container;

import java.io.IOException;
import java.util.Optional;

/**
 * Walks the chunks of a file, each with an identifier and a size, to the one that holds the sound.
 * RIFF, AIFF, CAF and Wave64 differ only in how a chunk's header is written.
 */
final class ChunkWalk {
  /** More chunks before the sound than any program writes. */
  private static final int MOST_CHUNKS = 512;

  private final ByteSource source;
  private final int headerBytes;
  private final HeaderReader reader;

  ChunkWalk(ByteSource source, int headerBytes, HeaderReader reader) {
    this.source = source;
    this.headerBytes = headerBytes;
    this.reader = reader;
  }

  /** Reads the header of one chunk that begins at {@code start}. */
  interface HeaderReader {
    Chunk read(ByteBlock header, long start);
  }

  /**
   * One chunk.
   *
   * @param id its identifier, such as {@code data}
   * @param content the position at which its content begins
   * @param bytes size of its content as declared; may be any number
   * @param next the position at which the next chunk begins; at most {@code content} if there is
   *     none
   */
  record Chunk(String id, long content, long bytes, long next) {}

  /** The first chunk called {@code id} from {@code position}; empty if the file ends before. */
  Optional<Chunk> find(String id, long position) throws IOException, TooMuchToReadException {
    long at = position;
    for (int count = 0; count < MOST_CHUNKS; count++) {
      ByteBlock header = source.read(at, headerBytes);
      if (header.length() < headerBytes) {
        return Optional.empty();
      }
      Chunk chunk = reader.read(header, at);
      if (chunk.id().equals(id)) {
        return Optional.of(chunk);
      }
      boolean isForward = chunk.bytes() >= 0 && chunk.next() >= chunk.content();
      if (!isForward) {
        return Optional.empty();
      }
      at = chunk.next();
    }
    throw new TooMuchToReadException();
  }
}
