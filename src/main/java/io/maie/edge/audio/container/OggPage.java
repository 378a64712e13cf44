package io.maie.edge.audio.container;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** One page of an Ogg file (RFC 3533, section 6), whose granule position can be changed. */
final class OggPage {
  private static final int HEADER = 27;
  private static final int LARGEST = HEADER + 255 + 255 * 255;
  private static final int FLAGS = 5;
  private static final int GRANULE = 6;
  private static final int SERIAL = 14;
  private static final int CHECKSUM = 22;
  private static final int CONTINUED = 1;
  private static final int FIRST = 2;
  private static final int FULL_SEGMENT = 255;
  private static final int[] CRC = crcTable();

  private final byte[] bytes;
  private final ByteBlock block;

  private OggPage(byte[] bytes) {
    this.bytes = bytes;
    this.block = new ByteBlock(bytes);
  }

  /**
   * The next page; null, with nothing read, if no whole page follows.
   *
   * @param in stands at the beginning of a page
   */
  static @Nullable OggPage read(BufferedInputStream in) throws IOException {
    in.mark(LARGEST);
    byte[] header = in.readNBytes(HEADER);
    ByteBlock start = new ByteBlock(header);
    if (start.holds(0, HEADER) && start.hasText(0, "OggS")) {
      byte[] table = in.readNBytes(start.u8(HEADER - 1));
      int size = 0;
      for (byte segment : table) {
        size += segment & 0xFF;
      }
      byte[] body = in.readNBytes(size);
      if (table.length == start.u8(HEADER - 1) && body.length == size) {
        return new OggPage(
            ByteBuffer.allocate(HEADER + table.length + size)
                .put(header)
                .put(table)
                .put(body)
                .array());
      }
    }
    in.reset();
    return null;
  }

  /** Takes the parts of packets that a page holds, in order. */
  interface PacketSink {

    /**
     * Takes a part of a packet.
     *
     * @param offset of the part in the page, in bytes
     * @param length of the part
     * @param begins whether the packet begins here
     * @param ends whether it ends here
     */
    void accept(int offset, int length, boolean begins, boolean ends);
  }

  void packets(PacketSink sink) {
    int segments = block.u8(HEADER - 1);
    int start = HEADER + segments;
    int length = 0;
    boolean begins = (block.u8(FLAGS) & CONTINUED) == 0;
    for (int i = 0; i < segments; i++) {
      int segment = block.u8(HEADER + i);
      length += segment;
      boolean ends = segment < FULL_SEGMENT;
      if (ends || i == segments - 1) {
        sink.accept(start, length, begins, ends);
        start += length;
        length = 0;
        begins = true;
      }
    }
  }

  /** All bytes, the header included. */
  ByteBlock block() {
    return block;
  }

  /** Returns whether a stream begins. */
  boolean isFirst() {
    return (block.u8(FLAGS) & FIRST) != 0;
  }

  /** Number of the stream to which the page belongs. */
  long serial() {
    return block.u32le(SERIAL);
  }

  /** Position of the end of the last packet that ends here, in samples; -1 for none. */
  long granule() {
    return block.i64le(GRANULE);
  }

  /** The bytes with another granule position, and the checksum that belongs to it. */
  byte[] withGranule(long granule) {
    byte[] changed = bytes.clone();
    ByteBuffer buffer = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(GRANULE, granule).putInt(CHECKSUM, 0);
    int crc = 0;
    for (byte value : changed) {
      crc = crc << Byte.SIZE ^ CRC[(crc >>> 24) ^ (value & 0xFF)];
    }
    buffer.putInt(CHECKSUM, crc);
    return changed;
  }

  /** The bytes as they were read. */
  byte[] bytes() {
    return bytes.clone();
  }

  private static int[] crcTable() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i << 24;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = crc < 0 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
      }
      table[i] = crc;
    }
    return table;
  }
}
