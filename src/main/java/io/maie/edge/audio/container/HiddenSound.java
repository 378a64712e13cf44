package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Sound whose frames decoders would read but for the header before them: FLAC whose STREAMINFO was
 * never filled (RFC 9639, section 8.2), and an ID3 tag that declares to be longer than it is.
 */
public final class HiddenSound {
  private static final int FLAC_HEADER = 4;
  private static final int BLOCK_HEADER = 4;
  private static final int MOST_BLOCKS = 256;
  private static final int STREAMINFO = 34;
  private static final int LEAST_BLOCK = 16;
  private static final int TAG_HEADER = 10;
  private static final int MOST_TAG_FRAMES = 1024;

  /** Holds three of the longest frames of MPEG audio. */
  private static final int FRAMES_BYTES = 16 * 1024;

  /** The most padding behind the last frame of a tag that is passed. */
  private static final int PADDING_BYTES = 64 * 1024;

  private final ByteSource source;

  /** Position at which the recording begins. */
  private final long start;

  private HiddenSound(ByteSource source, long start) {
    this.source = source;
    this.start = start;
  }

  /**
   * The position of the first frame; empty if the header at {@code start} hides none.
   *
   * @param start of the recording, in bytes
   */
  public static OptionalLong begin(Path file, long start) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return new HiddenSound(new ByteSource(channel), start).begin();
    } catch (TooMuchToReadException e) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong begin() throws IOException, TooMuchToReadException {
    ByteBlock head = source.read(start, FLAC_HEADER + BLOCK_HEADER + STREAMINFO);
    if (head.hasText(0, "fLaC")) {
      return flac(head);
    }
    return head.hasText(0, "ID3") && head.holds(0, TAG_HEADER)
        ? tagged(head)
        : OptionalLong.empty();
  }

  private OptionalLong flac(ByteBlock head) throws IOException, TooMuchToReadException {
    int info = FLAC_HEADER + BLOCK_HEADER;
    boolean isCorrected = start == 0 && !FlacFormat.corrections(source).isEmpty();
    if (!head.holds(info, STREAMINFO) || isCorrected) {
      return OptionalLong.empty();
    }
    long largestBlock = head.bigEndian(info + 2, 2);
    long hertz = head.bigEndian(info + 10, 3) >> 4;
    boolean isFilled = largestBlock >= LEAST_BLOCK && hertz > 0;
    long at = start + FLAC_HEADER;
    for (int i = 0; i < MOST_BLOCKS; i++) {
      ByteBlock header = source.read(at, BLOCK_HEADER);
      if (header.length() < BLOCK_HEADER) {
        return OptionalLong.empty();
      }
      at += BLOCK_HEADER + header.bigEndian(1, 3);
      boolean isLast = header.u8(0) >= 0x80;
      if (isLast) {
        ByteBlock frame = source.read(at, 3);
        boolean isFrame = frame.length() == 3 && frame.bigEndian(0, 2) >> 1 == 0xFFF8 >> 1;
        boolean isHidden = isFrame && (!isFilled || blockSamples(frame.u8(2) >> 4) > largestBlock);
        return isHidden ? OptionalLong.of(at) : OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }

  /** Samples of a frame, by the code in its header (section 9.1.1); 0 where others tell them. */
  private static int blockSamples(int code) {
    if (code == 1) {
      return 192;
    }
    if (code >= 2 && code <= 5) {
      return 144 << code;
    }
    return code >= 8 ? 1 << code : 0;
  }

  private OptionalLong tagged(ByteBlock head) throws IOException, TooMuchToReadException {
    int version = head.u8(3);
    long end = start + TAG_HEADER + syncSafe(head, 6);
    long at = start + TAG_HEADER;
    for (int i = 0; i < MOST_TAG_FRAMES && version >= 3 && at < end; i++) {
      ByteBlock frame = source.read(at, TAG_HEADER);
      if (frame.length() < TAG_HEADER || !isFrameName(frame)) {
        return firstFrame(new ByteSpan(at, end));
      }
      at += TAG_HEADER + (version == 3 ? frame.u32(4) : syncSafe(frame, 4));
    }
    return OptionalLong.empty();
  }

  /** Frames of MPEG audio that stand where the tag should go on. */
  private OptionalLong firstFrame(ByteSpan rest) throws IOException, TooMuchToReadException {
    ByteBlock padding = source.read(rest.start(), (int) Math.min(PADDING_BYTES, rest.bytes()));
    int zeros = 0;
    while (zeros < padding.length() && padding.u8(zeros) == 0) {
      zeros++;
    }
    long first = rest.start() + zeros;
    boolean isSound =
        first < rest.end() && StreamFrames.follow(source.read(first, FRAMES_BYTES), 0);
    return isSound ? OptionalLong.of(first) : OptionalLong.empty();
  }

  private static boolean isFrameName(ByteBlock frame) {
    return frame
        .text(0, 4)
        .chars()
        .allMatch(letter -> (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9'));
  }

  /** A number with seven bits a byte. */
  private static long syncSafe(ByteBlock block, int offset) {
    long value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 7 | (block.u8(offset + i) & 0x7F);
    }
    return value;
  }
}
