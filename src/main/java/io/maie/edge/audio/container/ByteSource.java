package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The bytes of a file, with a limit to those that may be read. */
final class ByteSource {
  /** Bytes that one check may read. */
  static final int MOST_BYTES = 4 * 1024 * 1024;

  /** Reads that one check may make; each is a system call. */
  static final int MOST_READS = 4096;

  private final SeekableByteChannel channel;
  private final long size;
  private int bytesLeft = MOST_BYTES;
  private int readsLeft = MOST_READS;

  ByteSource(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  /** Size of the file when the check began. */
  long size() {
    return size;
  }

  /**
   * The bytes from {@code position}, fewer than {@code count} where the file ends; none outside of
   * it.
   */
  ByteBlock read(long position, int count) throws IOException, TooMuchToReadException {
    if (position < 0 || position >= size) {
      return new ByteBlock(new byte[0]);
    }
    int wanted = (int) Math.min(count, size - position);
    bytesLeft -= wanted;
    readsLeft--;
    if (bytesLeft < 0 || readsLeft < 0) {
      throw new TooMuchToReadException();
    }
    ByteBuffer buffer = ByteBuffer.allocate(wanted);
    channel.position(position);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // until full, or until the file turns out to have been cut
    }
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return new ByteBlock(bytes);
  }

  /** The last {@code count} bytes of the file, or fewer. */
  ByteBlock tail(int count) throws IOException, TooMuchToReadException {
    return read(Math.max(0, size - count), count);
  }
}
