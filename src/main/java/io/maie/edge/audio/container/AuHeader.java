package io.maie.edge.audio.container;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Header of AU whose offset of the samples cannot be right. */
final class AuHeader {
  private static final int BYTES = 24;

  /** Annotations before the samples are shorter. */
  private static final int LARGEST_OFFSET = 4096;

  private static final int MOST_HERTZ = 768_000;

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
    if (offset >= BYTES && (offset <= LARGEST_OFFSET || (isSize && hasRoom))) {
      return null;
    }
    @Nullable String codec = codec(head.u32(12));
    long hertz = head.u32(16);
    long channels = head.u32(20);
    boolean isSound = hertz > 0 && hertz <= MOST_HERTZ && channels > 0 && channels <= 0xFFFF;
    return codec == null || !isSound
        ? null
        : new MisreadHeader(
            "au", codec, (int) hertz, (int) channels, isSize ? to - declared : from + BYTES, to);
  }

  /** The name in ffmpeg; null for compressed sound. */
  private static @Nullable String codec(long encoding) {
    return switch ((int) encoding) {
      case 1 -> "pcm_mulaw";
      case 2 -> "pcm_s8";
      case 3 -> "pcm_s16be";
      case 4 -> "pcm_s24be";
      case 5 -> "pcm_s32be";
      case 6 -> "pcm_f32be";
      case 7 -> "pcm_f64be";
      case 27 -> "pcm_alaw";
      default -> null;
    };
  }
}
