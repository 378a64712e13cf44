package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The end of the sound in files whose decoders take what stands behind it for more of it, or for
 * damage: padding with one byte behind frames, and anything behind the index of NUT.
 */
public final class SoundEnd {
  /** Fewer equal bytes belong to the last frame. */
  private static final int LEAST_PADDING = 64;

  /** The bytes before the padding in which the last frame begins. */
  private static final int TAIL_BYTES = 64 * 1024;

  /** Bytes of a frame of AMR and of AMR-WB by its type, the first byte left out. */
  private static final int[] AMR = {12, 13, 15, 17, 19, 20, 26, 31, 5, 6, 5, 5, 0, 0, 0, 0};

  private static final int[] AMR_WIDE = {17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0};
  private static final int AMR_HEADER = 6;
  private static final int AMR_WIDE_HEADER = 9;

  private static final long NUT_INDEX = 0x4E58DD672F23E64EL;
  private static final int NUT_LONG_PACKET = 4096;
  private static final int CHECKSUM = 4;

  private final FileChannel channel;
  private final ByteSource source;
  private final ByteWindow window;
  private final ByteSpan recording;

  private SoundEnd(FileChannel channel, ByteSpan recording) throws IOException {
    this.channel = channel;
    this.source = new ByteSource(channel);
    this.window = new ByteWindow(channel);
    this.recording = recording;
  }

  /** The end of the sound of a recording; empty if it is where the recording ends. */
  public static OptionalLong of(Path file, ByteSpan recording) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      OptionalLong end = new SoundEnd(channel, recording).find();
      boolean isWithin =
          end.isPresent()
              && end.getAsLong() > recording.start()
              && end.getAsLong() < recording.end();
      return isWithin ? end : OptionalLong.empty();
    } catch (TooMuchToReadException e) {
      return OptionalLong.empty();
    }
  }

  /** Position of the first of the equal bytes with which a part of a file ends. */
  public static long paddingStart(Path file, ByteSpan part) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return new SoundEnd(channel, part).paddingStart();
    }
  }

  private OptionalLong find() throws IOException, TooMuchToReadException {
    Optional<RecordingKind> kind = RecordingKind.at(source, recording.start());
    if (kind.stream().anyMatch(RecordingKind.NUT::equals)) {
      return nutEnd();
    }
    boolean isAmr = kind.stream().anyMatch(RecordingKind.AMR::equals);
    boolean mayBeFrames = kind.isEmpty() || kind.get() == RecordingKind.MPEG;
    long padding = isAmr || mayBeFrames ? paddingStart() : recording.end();
    if (recording.end() - padding < LEAST_PADDING) {
      return OptionalLong.empty();
    }
    return isAmr ? amrEnd(padding) : framesEnd(padding);
  }

  private long paddingStart() throws IOException {
    ByteBuffer block = ByteBuffer.allocate(TAIL_BYTES);
    int value = window.u8(recording.end() - 1);
    long at = recording.end();
    while (at > recording.start()) {
      int count = (int) Math.min(TAIL_BYTES, at - recording.start());
      block.clear().limit(count);
      while (block.hasRemaining() && channel.read(block, at - count + block.position()) >= 0) {
        // until full, or until the file turns out to have been cut
      }
      for (int i = block.position() - 1; i >= 0; i--) {
        if ((block.get(i) & 0xFF) != value) {
          return at - count + i + 1;
        }
      }
      at -= count;
    }
    return at;
  }

  /** Follows the frames up to the first that is nothing but padding. */
  private OptionalLong amrEnd(long padding) throws IOException {
    boolean isWide = window.u8(recording.start() + 5) == '-';
    int[] sizes = isWide ? AMR_WIDE : AMR;
    long at = recording.start() + (isWide ? AMR_WIDE_HEADER : AMR_HEADER);
    while (at < padding) {
      at += 1 + sizes[window.u8(at) >> 3 & 0xF];
    }
    // frames without data are pauses, which are stored as equal bytes
    boolean isPause = sizes[window.u8(recording.end() - 1) >> 3 & 0xF] == 0;
    return isPause && window.u8(recording.end() - 1) != 0xFF
        ? OptionalLong.empty()
        : OptionalLong.of(at);
  }

  /** The end of the last of the frames that lead to the padding. */
  private OptionalLong framesEnd(long padding) throws IOException, TooMuchToReadException {
    long from = Math.max(recording.start(), padding - TAIL_BYTES);
    ByteBlock tail = source.read(from, (int) Math.min(recording.end() - from, 2L * TAIL_BYTES));
    int end = StreamFrames.endOfLast(tail, padding - from);
    return end >= 0 && from + end >= padding ? OptionalLong.of(from + end) : OptionalLong.empty();
  }

  /** The end of the last index, which NUT ends with if it has one. */
  private OptionalLong nutEnd() throws IOException, TooMuchToReadException {
    long from = Math.max(recording.start(), recording.end() - 1024 * 1024);
    ByteBlock tail = source.read(from, (int) (recording.end() - from));
    for (int at = tail.length() - Long.BYTES - CHECKSUM; at >= 0; at--) {
      if (tail.i64(at) == NUT_INDEX) {
        int next = at + Long.BYTES;
        long bytes = 0;
        while (tail.holds(next, 1) && tail.u8(next) >= 0x80) {
          bytes = bytes << 7 | (tail.u8(next++) & 0x7F);
        }
        if (!tail.holds(next, 1)) {
          return OptionalLong.empty();
        }
        bytes = bytes << 7 | tail.u8(next++);
        return OptionalLong.of(from + next + (bytes > NUT_LONG_PACKET ? CHECKSUM : 0) + bytes);
      }
    }
    return OptionalLong.empty();
  }
}
