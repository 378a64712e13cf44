package io.maie.edge.audio.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Size of the sound, and number of packets, of compressed sound in Apple's Core Audio Format.
 * Decoders need the table of packets, which lies behind the sound: a wrong size hides it, and a
 * wrong number cuts the sound. Sound that is not compressed is read without its header.
 */
final class CafTable {
  private static final int FIRST_CHUNK = 8;
  private static final int CHUNK_HEADER = 12;
  private static final int SIZE_OFFSET = 4;
  private static final int DESCRIPTION = 32;

  /** Formats of sound that is not compressed. */
  private static final Set<String> PLAIN = Set.of("lpcm", "ulaw", "alaw");

  /** Packets, valid frames, priming frames and remainder frames stand before the sizes. */
  private static final int TABLE_HEADER = 24;

  private static final int LARGEST_TABLE = 2 << 20;

  private final ByteSource source;

  CafTable(ByteSource source) {
    this.source = source;
  }

  List<Correction> corrections() throws IOException, TooMuchToReadException {
    ChunkWalk walk = new ChunkWalk(source, CHUNK_HEADER, CafFormat::chunk);
    Optional<ChunkWalk.Chunk> format = walk.find("desc", FIRST_CHUNK);
    Optional<ChunkWalk.Chunk> data = walk.find("data", FIRST_CHUNK);
    if (format.isEmpty() || data.isEmpty()) {
      return List.of();
    }
    ByteBlock description = source.read(format.get().content(), DESCRIPTION);
    boolean isCompressed =
        description.length() == DESCRIPTION && !PLAIN.contains(description.text(8, 4));
    if (!isCompressed) {
      return List.of();
    }
    boolean hasTable = description.u32(16) == 0;
    long tableAt = hasTable ? table() : -1;
    List<Correction> corrections = new ArrayList<>();
    ChunkWalk.Chunk sound = data.get();
    if (!isFollowed(sound, tableAt)) {
      long end = tableAt > sound.content() ? tableAt : source.size();
      long sizeAt = sound.content() - CHUNK_HEADER + SIZE_OFFSET;
      corrections.add(Correction.i64(sizeAt, end - sound.content()));
    }
    if (tableAt >= 0) {
      corrections.addAll(packets(tableAt));
    }
    return corrections;
  }

  /** Returns whether another chunk or the end of the file is where the sound ends. */
  private boolean isFollowed(ChunkWalk.Chunk sound, long tableAt)
      throws IOException, TooMuchToReadException {
    if (sound.bytes() < 0) {
      return tableAt < sound.content();
    }
    long end = sound.next();
    if (end >= source.size() || end == sound.content()) {
      // a copy that broke off is left as it is
      return end == source.size() || tableAt < sound.content();
    }
    ByteBlock header = source.read(end, CHUNK_HEADER);
    boolean isName =
        header.length() == CHUNK_HEADER
            && header.text(0, 4).chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return isName && header.i64(4) >= 0 && header.i64(4) <= source.size() - end - CHUNK_HEADER;
  }

  /** Position of the table of packets near the end of the file; -1 if there is none. */
  private long table() throws IOException, TooMuchToReadException {
    ByteBlock tail = source.tail(LARGEST_TABLE);
    long start = source.size() - tail.length();
    int at = tail.text(0, tail.length()).lastIndexOf("pakt");
    boolean isTable =
        at >= 0
            && tail.holds(at, CHUNK_HEADER + TABLE_HEADER)
            && tail.i64(at + SIZE_OFFSET) >= TABLE_HEADER
            && tail.i64(at + SIZE_OFFSET) <= tail.length() - at - CHUNK_HEADER;
    return isTable ? start + at : -1;
  }

  /** The table lists as many packets as it has sizes, of seven bits a byte. */
  private List<Correction> packets(long tableAt) throws IOException, TooMuchToReadException {
    long bytes = source.read(tableAt, CHUNK_HEADER).i64(SIZE_OFFSET);
    ByteBlock table = source.read(tableAt + CHUNK_HEADER, (int) bytes);
    long packets = 0;
    for (int at = TABLE_HEADER; at < table.length(); at++) {
      boolean isLast = table.u8(at) < 0x80;
      packets += isLast ? 1 : 0;
    }
    return table.i64(0) == packets || packets == 0
        ? List.of()
        : List.of(Correction.i64(tableAt + CHUNK_HEADER, packets));
  }
}
