package io.maie.edge.audio.decode;

import java.util.OptionalDouble;

/**
 * One audio stream of a container.
 *
 * @param index among all streams of the container
 * @param codec as ffmpeg names it; empty if it does not know it
 * @param tag the container's name for the codec
 * @param sampleRate in Hz, 0 if unknown
 * @param channels 0 if unknown
 * @param has16Bits whether its samples are decoded to 16 bits or less
 * @param seconds duration that the container declares for this stream
 * @param preferred whether the container prefers it
 * @param title that the container gives it; empty if none
 * @param language that the container gives it; empty if none
 */
record AudioStream(
    int index,
    String codec,
    String tag,
    int sampleRate,
    int channels,
    boolean has16Bits,
    OptionalDouble seconds,
    boolean preferred,
    String title,
    String language) {

  boolean isDecodable() {
    return !codec.isEmpty() && sampleRate > 0 && channels > 0;
  }
}
