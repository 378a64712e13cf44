package io.maie.edge.audio.decode;

import io.maie.edge.audio.container.BareStream;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A format that ffprobe takes from the name of a file, or from a few of its bytes. The bytes
 * decide: random ones are no sound under any name.
 */
final class GuessedFormat {
  /** Formats that are nothing but frames, which are recognised in any bytes. */
  private static final Set<String> OF_FRAMES = Set.of("mp3", "aac", "ac3", "eac3", "loas");

  /** Other formats without a header; ffmpeg takes any bytes for them. */
  private static final Set<String> NAMED =
      Set.of(
          "aptx",
          "aptx_hd",
          "codec2raw",
          "dfpwm",
          "g723_1",
          "g726",
          "g726le",
          "g729",
          "sbc",
          "vidc");

  private static final int HEAD_BYTES = 256 * 1024;

  /** The longest frame that is looked for, in bytes. */
  private static final int LONGEST_FRAME = 64;

  /** Bits of random bytes are never that far from one half of ones, in standard deviations. */
  private static final double FAR = 8;

  private GuessedFormat() {}

  /**
   * Returns if the file may hold what was guessed.
   *
   * @throws ProcessingException {@code NO_AUDIO_STREAM} if it cannot
   */
  static void requireSound(Path recording, ProbeReport report, AudioStream stream)
      throws IOException, ProcessingException {
    FileKind.Kind kind = FileKind.of(recording);
    boolean isSound;
    if (OF_FRAMES.contains(report.container())) {
      isSound = BareStream.isIn(recording);
    } else {
      boolean isNamed =
          NAMED.contains(report.container()) || stream.codec().equals("pcm_" + report.container());
      boolean mayBe = isNamed ? kind.isUnknown() : kind.mayPrecede();
      isSound = kind.isAudio() || (mayBe && maySound(recording, stream));
    }
    if (!isSound) {
      throw DecodeFailures.noAudio(kind.words());
    }
  }

  private static boolean maySound(Path recording, AudioStream stream) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(recording)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    return stream.isDecodable() && hasStructure(head);
  }

  /**
   * Returns whether some bit of bytes, or of frames of so many bytes, is not as often one as zero;
   * it is so in all sound, compressed or not, and not in random, encrypted or packed bytes.
   */
  static boolean hasStructure(byte[] bytes) {
    for (int frame = 1; frame <= LONGEST_FRAME && frame <= bytes.length; frame++) {
      int[] ones = new int[frame * Byte.SIZE];
      int at = 0;
      for (byte value : bytes) {
        for (int bit = 0; bit < Byte.SIZE; bit++) {
          ones[at + bit] += value >> bit & 1;
        }
        at = at + Byte.SIZE == ones.length ? 0 : at + Byte.SIZE;
      }
      double count = (double) bytes.length / frame;
      for (int each : ones) {
        if (Math.abs(each - count / 2) > FAR * Math.sqrt(count) / 2 + 1) {
          return true;
        }
      }
    }
    return false;
  }
}
