package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Recordings that were stored one behind the other in one file, each with a header of its own,
 * where decoders stop at the end of the first, or read the second with the settings of the first;
 * and sound behind the end that a header declares.
 */
public final class SoundParts {
  /** Parts that one file may have; a file with more is taken as one. */
  private static final int MOST_PARTS = 500;

  private static final int LEAST_PART = 64;

  /** Fewer bytes behind the declared end are no sound. */
  private static final int LEAST_SOUND = 512;

  private static final int RIFF_HEADER = 8;
  private static final int FIRST_CHUNK = 12;
  private static final long UNKNOWN = 0xFFFF_FFFFL;

  /** The most foreign bytes that stand before a recording. */
  private static final int LEADING_BYTES = 8 * 1024;

  private static final int EBML_BYTES = 128;
  private static final String SEGMENT = "\u0018S\u0080g";

  /** The size of the tail in which the last frames of MPEG audio are looked for. */
  private static final int TAIL_BYTES = 128 * 1024;

  private final ByteSource source;
  private final List<Long> candidates;

  private SoundParts(ByteSource source, List<Long> candidates) {
    this.source = source;
    this.candidates = candidates;
  }

  /**
   * One recording of a file.
   *
   * @param start of its header, in bytes
   * @param end behind its last byte
   * @param soundStart of its uncompressed sound, if its header was read; else {@code end}
   * @param soundEnd where its header says that the sound ends, if bytes that may be sound follow;
   *     else {@code end}
   * @param further sound of the same kind behind that, in chunks of its own
   */
  public record Part(long start, long end, long soundStart, long soundEnd, List<ByteSpan> further) {
    public Part {
      further = List.copyOf(further);
    }

    /** Returns whether sound may go on behind the end that the header declares. */
    public boolean declaresTooLittle() {
      return soundEnd < end;
    }
  }

  /**
   * The parts of a file in order, which cover all of it; one for most files.
   *
   * @param scan that all bytes of the file passed
   */
  public static List<Part> of(Path file, SignatureScan scan) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteSource source = new ByteSource(channel);
      List<Long> changes = scan.changes();
      if (!changes.isEmpty()) {
        return between(changes, source.size());
      }
      try {
        return new SoundParts(source, scan.candidates()).parts();
      } catch (TooMuchToReadException e) {
        return List.of(whole(new ByteSpan(0, source.size())));
      }
    }
  }

  /**
   * Counts the ends of a file of MPEG audio or AC-3, the beginning and the end, that are no frames;
   * decoders mistake such bytes for damage.
   */
  public static int endsOfOtherBytes(Path file) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteSource source = new ByteSource(channel);
      boolean isBefore = kindAt(source, 0).isEmpty();
      ByteBlock tail = source.tail(TAIL_BYTES);
      int end = StreamFrames.endOfLast(tail, tail.length());
      boolean isBehind = end > 0 && end < tail.length();
      return (isBefore ? 1 : 0) + (isBehind ? 1 : 0);
    } catch (TooMuchToReadException e) {
      return 0;
    }
  }

  /**
   * The position at which a recording begins behind bytes that do not belong to it, such as a mark
   * of Unicode or the head of a transfer; empty if none begins nearby.
   *
   * @param start of those bytes
   */
  public static OptionalLong begin(Path file, long start) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteSource source = new ByteSource(channel);
      if (kindAt(source, start).isPresent()) {
        return OptionalLong.empty();
      }
      ByteBlock head = source.read(start, LEADING_BYTES);
      SignatureScan scan = new SignatureScan();
      byte[] bytes = head.text(0, head.length()).getBytes(StandardCharsets.ISO_8859_1);
      scan.accept(bytes, bytes.length);
      List<Long> candidates = scan.candidates().stream().map(at -> start + at).toList();
      return new SoundParts(source, candidates).begin(candidates, start);
    } catch (TooMuchToReadException e) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong begin(List<Long> nearby, long start)
      throws IOException, TooMuchToReadException {
    for (long at : nearby) {
      if (at > start && at < start + LEADING_BYTES && RecordingKind.at(source, at).isPresent()) {
        return OptionalLong.of(at);
      }
    }
    return OptionalLong.empty();
  }

  /** The parts of a file whose stream becomes another one at {@code changes}. */
  private static List<Part> between(List<Long> changes, long size) {
    List<Part> parts = new ArrayList<>();
    long start = 0;
    for (long at : changes) {
      if (at > start) {
        parts.add(whole(new ByteSpan(start, at)));
        start = at;
      }
    }
    parts.add(whole(new ByteSpan(start, size)));
    return List.copyOf(parts);
  }

  private static Part whole(ByteSpan bytes) {
    return new Part(bytes.start(), bytes.end(), bytes.end(), bytes.end(), List.of());
  }

  private List<Part> parts() throws IOException, TooMuchToReadException {
    long start = kindAt(source, 0).isPresent() ? 0 : begin(candidates, 0).orElse(0);
    Optional<RecordingKind> first = kindAt(source, start);
    if (first.isEmpty()) {
      return List.of(whole(new ByteSpan(0, source.size())));
    }
    List<Part> parts = new ArrayList<>();
    RecordingKind kind = first.get();
    long behindHeaders = headersEnd(kind, start);
    long segmentEnd = segmentEnd(kind, start);
    for (long at : candidates) {
      Optional<RecordingKind> next =
          at < Math.max(start + LEAST_PART, behindHeaders)
              ? Optional.empty()
              : RecordingKind.at(source, at);
      boolean isAttached =
          at < segmentEnd && next.stream().noneMatch(RecordingKind.MATROSKA::equals);
      if (next.isPresent() && !isAttached && kind.followers().contains(next.get())) {
        parts.add(part(kind, new ByteSpan(start, at)));
        kind = next.get();
        start = at;
        behindHeaders = headersEnd(kind, at);
        segmentEnd = segmentEnd(kind, at);
      }
    }
    parts.add(part(kind, new ByteSpan(start, source.size())));
    return parts.size() > MOST_PARTS
        ? List.of(whole(new ByteSpan(0, source.size())))
        : List.copyOf(parts);
  }

  /** Some kinds are recognised at the beginning of a file only: they have no header there. */
  private static Optional<RecordingKind> kindAt(ByteSource source, long start)
      throws IOException, TooMuchToReadException {
    Optional<RecordingKind> kind = RecordingKind.at(source, start);
    if (kind.isPresent()) {
      return kind;
    }
    ByteBlock head = source.read(start, StreamFrames.HEAD_BYTES);
    if (head.length() >= 4 && MpegFrame.bytes((int) head.u32(0)) > 0) {
      return Optional.of(RecordingKind.MPEG);
    }
    return StreamFrames.follow(head, 0) || StreamFrames.arePackets(head, 0)
        ? Optional.of(RecordingKind.STREAM)
        : Optional.empty();
  }

  /** The first pages of all streams of an Ogg file stand together; none of them is a new part. */
  private long headersEnd(RecordingKind kind, long start)
      throws IOException, TooMuchToReadException {
    long at = start;
    while (kind == RecordingKind.OGG
        && RecordingKind.at(source, at).stream().anyMatch(kind::equals)) {
      at += OggFormat.pageBytes(source, at);
    }
    return at;
  }

  /** The end of the content of a Matroska file, which may have other files attached (RFC 9559). */
  private long segmentEnd(RecordingKind kind, long start)
      throws IOException, TooMuchToReadException {
    if (kind != RecordingKind.MATROSKA) {
      return start;
    }
    ByteBlock head = source.read(start, EBML_BYTES);
    int at = head.text(0, head.length()).indexOf(SEGMENT) + SEGMENT.length();
    int bytes = head.holds(at, 8) ? Integer.numberOfLeadingZeros(head.u8(at)) - 23 : 9;
    if (at < SEGMENT.length() || bytes > 8 || !head.holds(at, bytes)) {
      return start;
    }
    long unknown = (1L << (7 * bytes)) - 1;
    long size = 0;
    for (int i = 0; i < bytes; i++) {
      size = size << 8 | head.u8(at + i);
    }
    size &= unknown;
    return size == unknown ? start : start + at + bytes + size;
  }

  private Part part(RecordingKind kind, ByteSpan bytes) throws IOException, TooMuchToReadException {
    long start = bytes.start();
    long end = bytes.end();
    Optional<ChunkWalk.Chunk> sound =
        switch (kind) {
          case WAVE -> waveSound(start);
          case AIFF -> chunks(RIFF_HEADER, AiffFormat::chunk).find("SSND", start + 12);
          case CAF -> chunks(12, CafFormat::chunk).find("data", start + 8);
          case WAVE64 -> chunks(24, Wave64Format::chunk).find("data", start + 40);
          default -> Optional.empty();
        };
    boolean isDeclared = sound.isPresent() && sound.get().bytes() > 0;
    if (!isDeclared) {
      return whole(bytes);
    }
    // both begin with eight bytes or four that are no sound
    int before = kind == RecordingKind.AIFF ? 8 : kind == RecordingKind.CAF ? 4 : 0;
    long content = sound.get().content() + before;
    long declared = sound.get().next();
    boolean goesOn =
        declared >= content
            && end - declared >= LEAST_SOUND
            && !isChunk(kind, new ByteSpan(declared, end));
    List<ByteSpan> further =
        kind == RecordingKind.WAVE && declared >= content && declared < end
            ? WaveFormat.soundBehind(source, new ByteSpan(declared, end))
            : List.of();
    return new Part(start, end, content, goesOn || !further.isEmpty() ? declared : end, further);
  }

  /** The first chunk with sound; its size stands elsewhere in files of more than 4 GB. */
  private Optional<ChunkWalk.Chunk> waveSound(long start)
      throws IOException, TooMuchToReadException {
    ByteBlock head = source.read(start, 48);
    if (head.hasText(0, "RIFX")) {
      return chunks(RIFF_HEADER, AiffFormat::chunk).find("data", start + FIRST_CHUNK);
    }
    Optional<ChunkWalk.Chunk> found =
        chunks(RIFF_HEADER, WaveFormat::chunk).find("data", start + FIRST_CHUNK);
    boolean isLong =
        found.stream().anyMatch(chunk -> chunk.bytes() == UNKNOWN)
            && !head.hasText(0, "RIFF")
            && head.hasText(FIRST_CHUNK, "ds64")
            && head.holds(28, 8);
    if (!isLong) {
      return found;
    }
    ChunkWalk.Chunk data = found.get();
    long bytes = head.i64le(28);
    return Optional.of(
        new ChunkWalk.Chunk(data.id(), data.content(), bytes, data.content() + bytes));
  }

  private ChunkWalk chunks(int headerBytes, ChunkWalk.HeaderReader reader) {
    return new ChunkWalk(source, headerBytes, reader);
  }

  /**
   * Returns whether the rest of a part begins with a chunk that ends within it, with a name of
   * printable letters; not one with further sound.
   */
  private boolean isChunk(RecordingKind kind, ByteSpan rest)
      throws IOException, TooMuchToReadException {
    ByteBlock header = source.read(rest.start(), 24);
    if (header.length() < 24) {
      return true;
    }
    if (kind == RecordingKind.WAVE64) {
      return Wave64Format.isChunk(header) || header.isZero();
    }
    long bytes =
        switch (kind) {
          case WAVE -> header.u32le(4);
          case CAF -> header.i64(4);
          default -> header.u32(4);
        };
    if (kind == RecordingKind.WAVE && header.hasText(0, "data")) {
      return false;
    }
    boolean isName = header.text(0, 4).chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return header.isZero() || (isName && bytes >= 0 && bytes <= rest.bytes() + 1);
  }
}
