package io.maie.edge.audio.container;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Some bytes and the ways to read numbers from them. Asking outside of them is a mistake. */
final class ByteBlock {
  private final byte[] bytes;

  /** Takes ownership of {@code bytes}. */
  ByteBlock(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  boolean holds(int offset, int count) {
    return offset >= 0 && count >= 0 && offset <= bytes.length - count;
  }

  /** Unsigned. */
  int u8(int offset) {
    return bytes[offset] & 0xFF;
  }

  /** Unsigned, big-endian, of one to seven bytes; of eight bytes it is signed. */
  long bigEndian(int offset, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | u8(offset + i);
    }
    return value;
  }

  /** Unsigned 32 bits, big-endian. */
  long u32(int offset) {
    return bigEndian(offset, 4);
  }

  /** Unsigned 32 bits, little-endian. */
  long u32le(int offset) {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(offset)));
  }

  /** 64 bits, big-endian; what is above the largest long is negative. */
  long i64(int offset) {
    return u32(offset) << 32 | u32(offset + 4);
  }

  /** 64 bits, little-endian; what is above the largest long is negative. */
  long i64le(int offset) {
    return Long.reverseBytes(i64(offset));
  }

  /** Returns whether the bytes at {@code offset} are these ASCII characters. */
  boolean hasText(int offset, String text) {
    return holds(offset, text.length()) && text(offset, text.length()).equals(text);
  }

  /** {@code count} bytes as characters 0 to 255. */
  String text(int offset, int count) {
    return new String(bytes, offset, count, StandardCharsets.ISO_8859_1);
  }

  /** The {@code count} bytes from {@code offset} on. */
  ByteBlock part(int offset, int count) {
    return new ByteBlock(Arrays.copyOfRange(bytes, offset, offset + count));
  }

  /** Returns whether there are bytes and all of them are zero. */
  boolean isZero() {
    for (byte value : bytes) {
      if (value != 0) {
        return false;
      }
    }
    return bytes.length > 0;
  }
}
