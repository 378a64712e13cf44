package io.maie.edge.audio.container;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Header of AU whose offset of the samples, rate or channels cannot be right. */
final class AuHeader {
  private static final int BYTES = 24;

  /** Annotations before the samples are shorter. */
  private static final int LARGEST_OFFSET = 4096;

  private static final int MOST_HERTZ = 768_000;

  /** Fewer are a number that was written, more are other bytes. */
  private static final int MOST_CHANNELS = 0xFFFF;

  private AuHeader() {}

  /**
   * The header of a recording, with samples that end where the recording does; null if decoders can
   * be trusted with it.
   */
  static @Nullable MisreadHeader misread(ByteSource source, ByteSpan recording)
      throws IOException, TooMuchToReadException {
    long from = recording.start();
    long to = recording.end();
    ByteBlock head = source.read(from, BYTES);
    if (head.length() < BYTES || !head.hasText(0, ".snd")) {
      return null;
    }
    long offset = head.u32(4);
    long declared = head.u32(8);
    long present = to - from;
    boolean isSize = declared > 0 && declared <= present - BYTES;
    boolean hasRoom = offset < present && (!isSize || declared <= present - offset);
    boolean isOffset = offset >= BYTES && (offset <= LARGEST_OFFSET || (isSize && hasRoom));
    long hertz = head.u32(16);
    long channels = head.u32(20);
    boolean hasHertz = hertz > 0 && hertz <= MOST_HERTZ;
    boolean hasChannels = channels > 0 && channels <= MOST_CHANNELS;
    @Nullable String codec = codec(head.u32(12));
    if (codec == null || (isOffset && hasHertz && hasChannels && head.u32(12) != 0)) {
      return null;
    }
    long begin = isSize ? to - declared : from + BYTES;
    return new MisreadHeader(
        "au",
        codec,
        hasHertz ? (int) hertz : 0,
        hasChannels ? (int) channels : 0,
        isOffset ? from + offset : begin,
        to);
  }

  /** The name in ffmpeg; null for compressed sound. */
  private static @Nullable String codec(long encoding) {
    return switch ((int) encoding) {
      case 1 -> "pcm_mulaw";
      case 2 -> "pcm_s8";
      case 0, 3 -> "pcm_s16be";
      case 4 -> "pcm_s24be";
      case 5 -> "pcm_s32be";
      case 6 -> "pcm_f32be";
      case 7 -> "pcm_f64be";
      case 27 -> "pcm_alaw";
      default -> null;
    };
  }
}
