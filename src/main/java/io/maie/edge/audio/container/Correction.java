package io.maie.edge.audio.container;

import java.nio.ByteBuffer;

/**
 * A number of a file that hides sound from decoders, and the right one.
 *
 * @param position of its first byte
 * @param value big-endian or little-endian, as the container has it
 */
record Correction(long position, ByteBuffer value) {

  /** A number of 32 bits, big-endian. */
  static Correction u32(long position, long value) {
    return new Correction(position, ByteBuffer.allocate(Integer.BYTES).putInt(0, (int) value));
  }

  /** The same for 64 bits. */
  static Correction i64(long position, long value) {
    return new Correction(position, ByteBuffer.allocate(Long.BYTES).putLong(0, value));
  }

  /** The same for 32 bits, little-endian. */
  static Correction u32le(long position, long value) {
    return u32(position, Integer.reverseBytes((int) value));
  }

  /** The same for 64 bits, little-endian. */
  static Correction i64le(long position, long value) {
    return i64(position, Long.reverseBytes(value));
  }
}
