package io.maie.edge.audio.decode;

import io.maie.edge.audio.container.ByteSpan;
import io.maie.edge.audio.container.SoundParts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A way to read uncompressed sound without a header.
 *
 * @param options with which ffmpeg reads it
 * @param frameBytes of one sample of all channels
 */
record RawSound(List<String> options, int frameBytes) {
  private static final String PREFIX = "pcm_";

  /** The names of the codecs in ffmpeg, without their prefix, and of the formats. */
  private static final Set<String> FORMATS =
      Set.of(
          "u8", "s8", "s16le", "s16be", "s24le", "s24be", "s32le", "s32be", "f32le", "f32be",
          "f64le", "f64be", "mulaw", "alaw");

  /** The way to read sound of the kind of {@code stream}; empty if it is compressed. */
  static Optional<RawSound> of(AudioStream stream) {
    String format =
        stream.codec().startsWith(PREFIX) ? stream.codec().substring(PREFIX.length()) : "";
    if (!FORMATS.contains(format)) {
      return Optional.empty();
    }
    String bits = format.replaceAll("[^0-9]", "");
    int bytes = bits.isEmpty() ? 1 : Integer.parseInt(bits) / Byte.SIZE;
    return Optional.of(
        new RawSound(
            List.of(
                "-f",
                format,
                "-ar",
                String.valueOf(stream.sampleRate()),
                "-ac",
                String.valueOf(stream.channels())),
            bytes * stream.channels()));
  }

  /**
   * The sound behind that which a header declares: in chunks of its own, or all bytes from the last
   * whole sample on.
   */
  List<ByteSpan> behind(SoundParts.Part part) {
    if (!part.further().isEmpty()) {
      return part.further();
    }
    long declared = part.soundEnd() - part.soundStart();
    return List.of(new ByteSpan(part.soundEnd() - declared % frameBytes, part.end()));
  }
}
