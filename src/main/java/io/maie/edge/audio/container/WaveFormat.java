package io.maie.edge.audio.container;

import io.maie.edge.amount.Amounts;
import io.maie.edge.audio.container.ChunkWalk.Chunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * WAV, and RF64 and BW64, its forms for more than 4 GB (EBU Tech 3306, ITU-R BS.2088).
 *
 * <p>Two sizes are declared: of the whole file and of the {@code data} chunk. A recorder writes a
 * placeholder for both and corrects it when it stops.
 */
final class WaveFormat implements ContainerFormat {
  private static final int CHUNK_HEADER = 8;
  private static final int FIRST_CHUNK = 12;

  /** More chunks behind the sound than any program writes. */
  private static final int MOST_BEHIND = 64;

  /** Value of the 32-bit sizes in RF64; also the placeholder of ffmpeg. */
  private static final long UNKNOWN = 0xFFFF_FFFFL;

  /** Placeholders of sox and arecord lie within one page below these two. */
  private static final long HALF = 0x8000_0000L;

  private static final long PAGE = 4097;

  @Override
  public boolean recognises(ByteBlock head) {
    return (head.hasText(0, "RIFF") || head.hasText(0, "RF64") || head.hasText(0, "BW64"))
        && head.hasText(8, "WAVE");
  }

  @Override
  public Completeness judge(ByteSource source) throws IOException, TooMuchToReadException {
    ByteBlock head = source.read(0, 48);
    Sizes sizes = sizes(head, source.size());
    ChunkWalk walk = new ChunkWalk(source, CHUNK_HEADER, WaveFormat::chunk);
    Optional<Chunk> found = walk.find("data", FIRST_CHUNK);
    if (found.isEmpty()) {
      return sizes.judgeWithoutData();
    }
    Chunk data = found.get();
    return sizes.judge(data);
  }

  /** Returns whether a size stands for one that is written when the recorder stops. */
  static boolean isPlaceholder(long bytes) {
    return bytes < 0
        || (bytes > UNKNOWN - PAGE && bytes <= UNKNOWN)
        || (bytes > HALF - PAGE && bytes <= HALF);
  }

  /**
   * Sizes that the file declares.
   *
   * @param end the end of the file
   * @param data bytes of sound, if {@code isLong}
   * @param isLong whether the 64-bit sizes of RF64 hold
   * @param present bytes of the file that are there
   */
  private record Sizes(long end, long data, boolean isLong, long present) {

    Completeness judge(Chunk sound) {
      long bytes = isLong && sound.bytes() == UNKNOWN ? data : sound.bytes();
      long available = present - sound.content();
      if (bytes == 0) {
        return end == present
            ? Completeness.cannotTell("the WAV header declares no sound")
            : Completeness.growing("the WAV header does not say yet how long the sound is");
      }
      if (bytes < 0 || bytes > available) {
        return WaveFormat.isPlaceholder(bytes)
            ? Completeness.growing("the WAV header does not say yet how long the sound is")
            : Completeness.missingUnlessAbsurd(new Amount("WAV header", bytes, available));
      }
      // some programs forget the padding byte of an odd size
      if (!isPlaceholder() && end > present + 1) {
        return Completeness.growing("the sound is there; " + whole().missing() + " in all");
      }
      return Completeness.whole(
          "the WAV header declares " + Amounts.bytes(bytes) + ", all are there");
    }

    Completeness judgeWithoutData() {
      if (isPlaceholder()) {
        return Completeness.growing("the WAV header does not say yet how long the file is");
      }
      return end > present
          ? Completeness.missing(whole())
          : Completeness.cannotTell("the WAV file holds no chunk with sound");
    }

    private Amount whole() {
      return new Amount("WAV header", end, present);
    }

    boolean isPlaceholder() {
      return end - CHUNK_HEADER == 0 || WaveFormat.isPlaceholder(end - CHUNK_HEADER);
    }
  }

  private static Sizes sizes(ByteBlock head, long present) {
    boolean isLong =
        !head.hasText(0, "RIFF") && head.hasText(FIRST_CHUNK, "ds64") && head.holds(20, 16);
    return isLong
        ? new Sizes(head.i64le(20) + CHUNK_HEADER, head.i64le(28), true, present)
        : new Sizes(head.u32le(4) + CHUNK_HEADER, 0, false, present);
  }

  /**
   * The sound in further chunks, behind those that follow the first one with sound.
   *
   * @param rest the bytes behind that
   */
  static List<ByteSpan> soundBehind(ByteSource source, ByteSpan rest)
      throws IOException, TooMuchToReadException {
    List<ByteSpan> spans = new ArrayList<>();
    long at = rest.start();
    for (int count = 0; count < MOST_BEHIND && isName(source, at); count++) {
      Chunk chunk = chunk(source.read(at, CHUNK_HEADER), at);
      long declared = isPlaceholder(chunk.bytes()) ? rest.end() : chunk.content() + chunk.bytes();
      if (chunk.id().equals("data") && declared > chunk.content()) {
        spans.add(new ByteSpan(chunk.content(), Math.min(declared, rest.end())));
      }
      boolean isPadded = (chunk.bytes() & 1) == 0 || isName(source, chunk.next());
      at = isPadded ? chunk.next() : chunk.next() - 1;
    }
    return spans;
  }

  private static boolean isName(ByteSource source, long at)
      throws IOException, TooMuchToReadException {
    ByteBlock header = source.read(at, CHUNK_HEADER);
    return header.length() == CHUNK_HEADER
        && header.text(0, 4).chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  static Chunk chunk(ByteBlock header, long start) {
    long bytes = header.u32le(4);
    long content = start + CHUNK_HEADER;
    return new Chunk(header.text(0, 4), content, bytes, content + bytes + (bytes & 1));
  }
}
