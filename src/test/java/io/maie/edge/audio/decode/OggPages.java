package io.maie.edge.audio.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Pages of an Ogg file that a test has changed. */
final class OggPages {
  private static final int HEADER = 27;
  private static final int CHECKSUM = 22;

  private OggPages() {}

  /** Bytes of the page that begins at {@code at}. */
  static int size(byte[] file, int at) {
    int segments = file[at + HEADER - 1] & 0xFF;
    int size = HEADER + segments;
    for (int i = 0; i < segments; i++) {
      size += file[at + HEADER + i] & 0xFF;
    }
    return size;
  }

  /** Computes the checksums of all pages anew. */
  static void sign(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < file.length; at += size(file, at)) {
      bytes.putInt(at + CHECKSUM, 0);
      bytes.putInt(at + CHECKSUM, checksum(file, at, size(file, at)));
    }
  }

  /** RFC 3533, section 6. */
  private static int checksum(byte[] bytes, int from, int length) {
    int crc = 0;
    for (int i = from; i < from + length; i++) {
      crc ^= bytes[i] << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc < 0 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
      }
    }
    return crc;
  }
}
