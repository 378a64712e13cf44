package io.maie.edge.audio.decode;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Rules for decoding recordings, and for refusing them.
 *
 * @param ffmpeg the program, by name or path
 * @param ffprobe the program, by name or path
 * @param minDuration shorter recordings are refused
 * @param maxDuration longer recordings are refused, by what they declare and by what comes out
 * @param maxBytes larger files are refused
 * @param maxChannels recordings with more channels are refused
 * @param maxSampleRate recordings with a higher rate are refused, in Hz
 * @param probeTimeout limit for finding out what a file is
 * @param stallTimeout decoding is given up when nothing came out for this long
 * @param diskMarginBytes free space that must be left when the samples are on disk
 */
public record DecodeOptions(
    String ffmpeg,
    String ffprobe,
    Duration minDuration,
    Duration maxDuration,
    long maxBytes,
    int maxChannels,
    int maxSampleRate,
    Duration probeTimeout,
    Duration stallTimeout,
    long diskMarginBytes) {

  /** The programs of the operating system; 12 h and 4 GB at most. */
  public static final DecodeOptions DEFAULTS =
      new DecodeOptions(
          "ffmpeg",
          "ffprobe",
          Duration.ofMillis(100),
          Duration.ofHours(12),
          4_000_000_000L,
          64,
          768_000,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          64_000_000);

  public DecodeOptions {
    requireNonNull(ffmpeg, "ffmpeg is null");
    requireNonNull(ffprobe, "ffprobe is null");
    requirePositive(maxDuration, "maxDuration");
    requirePositive(probeTimeout, "probeTimeout");
    requirePositive(stallTimeout, "stallTimeout");
    if (minDuration.isNegative() || minDuration.compareTo(maxDuration) > 0) {
      throw new IllegalArgumentException(
          "expected a minDuration of 0 s to " + maxDuration + ", found " + minDuration);
    }
    if (maxBytes < 1 || maxChannels < 1 || maxSampleRate < 1 || diskMarginBytes < 0) {
      throw new IllegalArgumentException(
          "expected limits of 1 or more, found maxBytes "
              + maxBytes
              + ", maxChannels "
              + maxChannels
              + ", maxSampleRate "
              + maxSampleRate
              + ", diskMarginBytes "
              + diskMarginBytes);
    }
  }

  private static void requirePositive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "expected a " + name + " of more than 0 s, found " + duration);
    }
  }
}
