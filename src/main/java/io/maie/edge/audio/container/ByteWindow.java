package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The bytes of a file for a walk through it: a window moves along. Where the walk leaps, little is
 * read at first.
 */
final class ByteWindow {
  private static final int MOST_BYTES = 16 * 1024;
  private static final int FEW_BYTES = 256;

  private final FileChannel channel;
  private final long size;
  private final ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES);
  private long start;

  ByteWindow(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
    buffer.limit(0);
  }

  /** Size of the file when the walk began. */
  long size() {
    return size;
  }

  /** The byte at {@code position}, unsigned; -1 outside of the file. */
  int u8(long position) throws IOException {
    if (position < 0 || position >= size) {
      return -1;
    }
    long offset = position - start;
    if (offset < 0 || offset >= buffer.limit()) {
      boolean goesOn = offset >= 0 && offset < buffer.limit() + FEW_BYTES;
      fill(position, goesOn ? MOST_BYTES : FEW_BYTES);
      offset = 0;
    }
    return offset < buffer.limit() ? buffer.get((int) offset) & 0xFF : -1;
  }

  private void fill(long position, int count) throws IOException {
    buffer.clear().limit(count);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
      // until full, or until the end
    }
    buffer.flip();
    start = position;
  }

  /** Unsigned, big-endian, of one to seven bytes; bytes outside of the file are all ones. */
  long bigEndian(long position, int count) throws IOException {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | (u8(position + i) & 0xFF);
    }
    return value;
  }

  /** The same, little-endian. */
  long littleEndian(long position, int count) throws IOException {
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | (u8(position + i) & 0xFF);
    }
    return value;
  }
}
