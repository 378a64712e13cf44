package io.maie.edge.audio.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The header of Opus (RFC 7845, 5.1), which stands in Ogg and in Matroska. */
public final class OpusHead {
  /** The descriptions of all tracks of Matroska are within. */
  private static final int HEAD_BYTES = 64 * 1024;

  /** Bytes before the header in the first page of Ogg. */
  private static final int OGG_HEAD = 28;

  private static final String NAME = "OpusHead";
  private static final int RATE = 48_000;

  private OpusHead() {}

  /**
   * Seconds that the header tells players to leave out at the beginning; 0 if it is no such header.
   *
   * @param start the position at which the recording begins
   */
  public static double skippedSeconds(Path file, long start) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(start);
      bytes = in.readNBytes(HEAD_BYTES);
    }
    ByteBlock head = new ByteBlock(bytes);
    int at = head.hasText(0, "OggS") ? OGG_HEAD : head.text(0, head.length()).indexOf(NAME);
    return head.hasText(at, NAME) && head.holds(at, 12)
        ? (head.u32le(at + 8) >>> 16) / (double) RATE
        : 0;
  }
}
