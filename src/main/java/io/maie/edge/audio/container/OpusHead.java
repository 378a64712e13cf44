package io.maie.edge.audio.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The header of Opus in Ogg (RFC 7845, 5.1). */
public final class OpusHead {
  private static final int HEAD_BYTES = 64;
  private static final int RATE = 48_000;

  private OpusHead() {}

  /**
   * Seconds that the header tells players to leave out at the beginning; 0 if it is no such header.
   *
   * @param start the position at which the first page begins
   */
  public static double skippedSeconds(Path file, long start) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(start);
      bytes = in.readNBytes(HEAD_BYTES);
    }
    ByteBlock head = new ByteBlock(bytes);
    boolean isOpus = head.holds(0, 40) && head.hasText(0, "OggS") && head.hasText(28, "OpusHead");
    return isOpus ? (head.u32le(38) & 0xFFFF) / (double) RATE : 0;
  }
}
