package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Header of uncompressed sound that decoders refuse or misread, although the sound is there: sizes
 * of chunks that are zero, absurd or too small, chunks that do not follow each other, sound in two
 * chunks, one of which would be decoded, offsets behind the sound, rates and channels that cannot
 * be right.
 *
 * @param container as ffmpeg names it
 * @param codec as ffmpeg names it, such as {@code pcm_s16le}
 * @param sampleRate in Hz; 0 if nothing in the header tells it
 * @param channels 0 if nothing in the header tells their number
 * @param start of the samples in the file, in bytes
 * @param end behind the last sample that the header declares, or behind the last byte
 */
public record MisreadHeader(
    String container, String codec, int sampleRate, int channels, long start, long end) {
  private static final int MOST_CHUNKS = 512;
  private static final int RIFF_HEADER = 8;
  private static final int WAVE64_HEADER = 24;

  /** The farthest distance at which the next chunk is looked for behind the last credible one. */
  private static final int SEARCH_BYTES = 64 * 1024;

  /** Sizes beyond are no sizes. */
  private static final long ABSURD = 1L << 40;

  /** An offset and a size of blocks stand before the samples of AIFF. */
  private static final int SSND_HEAD = 8;

  private static final long LARGEST_AIFF = Integer.MAX_VALUE;
  private static final long UNKNOWN = 0xFFFF_FFFFL;

  /** The header of a recording; empty if decoders can be trusted with it. */
  public static Optional<MisreadHeader> of(Path file, ByteSpan recording) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteSource source = new ByteSource(channel);
      @Nullable MisreadHeader au = AuHeader.misread(source, recording);
      Optional<RecordingKind> kind = RecordingKind.at(source, recording.start());
      if (au != null || kind.isEmpty()) {
        return Optional.ofNullable(au);
      }
      Reading reading = new Reading(source, recording.start(), recording.end());
      return Optional.ofNullable(
          switch (kind.get()) {
            case WAVE -> reading.wave();
            case WAVE64 -> reading.wave64();
            case AIFF -> reading.aiff();
            case CAF -> CafHeader.misread(source, recording);
            default -> null;
          });
    } catch (TooMuchToReadException e) {
      return Optional.empty();
    }
  }

  /** One look at one header. */
  private record Reading(ByteSource source, long from, long to) {

    @Nullable MisreadHeader wave() throws IOException, TooMuchToReadException {
      ByteBlock head = source.read(from, 48);
      if (head.hasText(0, "RIFX")) {
        return bigEndianWave();
      }
      boolean isLong = !head.hasText(0, "RIFF") && head.hasText(12, "ds64");
      long format = -1;
      boolean isLost = false;
      long at = from + 12;
      for (int count = 0; count < MOST_CHUNKS && at >= 0; count++) {
        ByteBlock chunk = source.read(at, RIFF_HEADER);
        if (chunk.length() < RIFF_HEADER || at >= to) {
          return null;
        }
        long bytes = chunk.u32le(4);
        if (chunk.hasText(0, "data") && format >= 0) {
          long declared = isLong && bytes == UNKNOWN ? head.i64le(28) : bytes;
          boolean isMisread = isLost || (isLong && declared <= 0);
          long start = at + RIFF_HEADER;
          @Nullable PcmFormat found = WaveSamples.of(source, format, new ByteSpan(start, to));
          return found == null
              ? null
              : wave(isMisread ? found.misread() : found, new ByteSpan(start, start + declared));
        }
        format = chunk.hasText(0, "fmt ") ? at + RIFF_HEADER : format;
        long next = at + RIFF_HEADER + bytes + (bytes & 1);
        boolean isFollowed = next < to && isName(source.read(next, RIFF_HEADER));
        isLost |= !isFollowed;
        at = isFollowed ? next : find(at + RIFF_HEADER, format < 0 ? "fmt " : "data");
      }
      return null;
    }

    /**
     * @param declared bytes of the samples, as the header tells them
     */
    private @Nullable MisreadHeader wave(PcmFormat format, ByteSpan declared)
        throws IOException, TooMuchToReadException {
      long start = declared.start();
      long end = declared.end();
      boolean isWithin = declared.bytes() > 0 && end > start && end < to;
      boolean isFirstOfTwo =
          isWithin
              && !WaveFormat.soundBehind(source, new ByteSpan(end + (end - start) % 2, to))
                  .isEmpty();
      return (format.isMisread() || isFirstOfTwo) && format.isSound()
          ? format.header("wav", isWithin ? declared : new ByteSpan(start, to))
          : null;
    }

    /** The samples of these are taken for little-endian ones. */
    private @Nullable MisreadHeader bigEndianWave() throws IOException, TooMuchToReadException {
      ChunkWalk walk = new ChunkWalk(source, RIFF_HEADER, AiffFormat::chunk);
      Optional<ChunkWalk.Chunk> format = walk.find("fmt ", from + 12);
      Optional<ChunkWalk.Chunk> data = walk.find("data", from + 12);
      if (format.isEmpty() || data.isEmpty()) {
        return null;
      }
      ByteBlock block = source.read(format.get().content(), 16);
      boolean isPlain = block.length() == 16 && block.bigEndian(0, 2) == 1;
      @Nullable String codec = isPlain ? integers((int) block.bigEndian(14, 2), "be") : null;
      if (codec == null) {
        return null;
      }
      PcmFormat found =
          new PcmFormat("pcm_" + codec, rate(block.u32(4)), (int) block.bigEndian(2, 2), true);
      long start = data.get().content();
      return wave(found, new ByteSpan(start, start + data.get().bytes()));
    }

    @Nullable MisreadHeader wave64() throws IOException, TooMuchToReadException {
      long format = -1;
      long at = from + 40;
      for (int count = 0; count < MOST_CHUNKS; count++) {
        ByteBlock header = source.read(at, WAVE64_HEADER);
        if (header.length() < WAVE64_HEADER) {
          return null;
        }
        ChunkWalk.Chunk chunk = Wave64Format.chunk(header, at);
        if (chunk.id().equals("data")) {
          ByteSpan samples = new ByteSpan(chunk.content(), to);
          @Nullable PcmFormat found = format < 0 ? null : WaveSamples.of(source, format, samples);
          return found == null ? null : wave64(found, chunk);
        }
        format = chunk.id().equals("fmt ") ? chunk.content() : format;
        if (chunk.bytes() < 0 || chunk.next() < chunk.content()) {
          return null;
        }
        at = chunk.next();
      }
      return null;
    }

    private @Nullable MisreadHeader wave64(PcmFormat format, ChunkWalk.Chunk data)
        throws IOException, TooMuchToReadException {
      boolean isSize = data.bytes() > 0 && data.bytes() <= ABSURD;
      boolean isFollowed = isSize && data.next() < to;
      boolean isCredible =
          isSize && (!isFollowed || Wave64Format.isChunk(source.read(data.next(), WAVE64_HEADER)));
      boolean isEnded = isFollowed || (isCredible && data.content() + data.bytes() <= to);
      return (isCredible && !format.isMisread()) || !format.isSound()
          ? null
          : format.header(
              "w64", new ByteSpan(data.content(), isEnded ? data.content() + data.bytes() : to));
    }

    @Nullable MisreadHeader aiff() throws IOException, TooMuchToReadException {
      long form = source.read(from + 4, 4).u32(0);
      @Nullable PcmFormat format = null;
      long declared = 0;
      long at = from + 12;
      for (int count = 0; count < MOST_CHUNKS; count++) {
        ByteBlock header = source.read(at, RIFF_HEADER);
        if (header.length() < RIFF_HEADER) {
          return null;
        }
        ChunkWalk.Chunk chunk = AiffFormat.chunk(header, at);
        if (chunk.id().equals("SSND")) {
          boolean isSize = isAiffSize(form) && isAiffSize(chunk.bytes());
          boolean isMisread = !isSize || declared > LARGEST_AIFF || hidesSound(chunk, declared);
          long end = isSize ? Math.min(to, chunk.content() + chunk.bytes()) : to;
          return format == null || !(isMisread || format.isMisread()) || !format.isSound()
              ? null
              : format.header("aiff", new ByteSpan(chunk.content() + SSND_HEAD, end));
        }
        if (chunk.id().equals("COMM")) {
          format = aiffFormat(chunk.content());
          declared = aiffBytes(chunk.content());
        }
        at = chunk.next();
      }
      return null;
    }

    /** Returns whether an offset before the samples leaves room for fewer than there are. */
    private boolean hidesSound(ChunkWalk.Chunk chunk, long declared)
        throws IOException, TooMuchToReadException {
      long room = chunk.bytes() - SSND_HEAD;
      ByteBlock head = source.read(chunk.content(), SSND_HEAD);
      return head.length() == SSND_HEAD && declared <= room && room - head.u32(0) < declared;
    }

    /** Bytes of all samples that a chunk {@code COMM} declares. */
    private long aiffBytes(long at) throws IOException, TooMuchToReadException {
      ByteBlock block = source.read(at, 8);
      if (block.length() < 8) {
        return 0;
      }
      long sampleBytes = (block.bigEndian(6, 2) + 7) / Byte.SIZE;
      return block.u32(2) * block.bigEndian(0, 2) * sampleBytes;
    }

    private static boolean isAiffSize(long bytes) {
      return bytes > 8 && bytes <= LARGEST_AIFF;
    }

    /** The content of a chunk {@code COMM}; null if it is compressed sound. */
    private @Nullable PcmFormat aiffFormat(long at) throws IOException, TooMuchToReadException {
      ByteBlock block = source.read(at, 22);
      if (block.length() < 22) {
        return null;
      }
      // an 80-bit float: exponent, then a mantissa whose first bit is the one before the point
      int exponent = (int) block.bigEndian(8, 2) - 16_383;
      boolean isRate = exponent >= 0 && exponent < 32;
      long rate = isRate ? block.bigEndian(10, 4) >>> (31 - exponent) : 0;
      int declaredBits = (int) block.bigEndian(6, 2);
      long frames = Math.max(1, block.u32(2));
      PcmNumbers declared =
          new PcmNumbers(rate, (int) block.bigEndian(0, 2), declaredBits, (to - at) / frames, 0);
      PcmNumbers right = declared.corrected();
      // sizes that are no whole bytes are those of samples that fill them
      int bits = declaredBits > 0 && declaredBits <= 32 ? declaredBits : right.bits();
      String kind = source.read(from + 8, 4).hasText(0, "AIFC") ? block.text(18, 4) : "NONE";
      @Nullable String codec =
          switch (kind) {
            case "NONE", "twos", "in24", "in32" -> bits == 8 ? "s8" : integers(bits, "be");
            case "sowt" -> integers(bits, "le");
            case "fl32", "FL32" -> "f32be";
            case "fl64", "FL64" -> "f64be";
            case "ulaw", "ULAW" -> "mulaw";
            case "alaw", "ALAW" -> "alaw";
            default -> null;
          };
      boolean isMisread = right.differs(declared);
      return codec == null
          ? null
          : new PcmFormat("pcm_" + codec, (int) right.hertz(), right.channels(), isMisread);
    }

    /** The position at which the next chunk named {@code name} begins; -1 if none does nearby. */
    private long find(long position, String name) throws IOException, TooMuchToReadException {
      ByteBlock block = source.read(position, SEARCH_BYTES);
      int at = block.text(0, block.length()).indexOf(name);
      return at < 0 ? -1 : position + at;
    }

    private static boolean isName(ByteBlock chunk) {
      return chunk.length() == RIFF_HEADER
          && chunk.text(0, 4).chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    private static int rate(long hertz) {
      return (int) Math.min(hertz, Integer.MAX_VALUE);
    }

    private static @Nullable String integers(int bits, String order) {
      return bits == 16 || bits == 24 || bits == 32 ? "s" + bits + order : null;
    }
  }
}
