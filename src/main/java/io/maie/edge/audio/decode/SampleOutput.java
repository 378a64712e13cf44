package io.maie.edge.audio.decode;

import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A new file of bytes and of 16-bit samples, little-endian, on a file system that may be full. */
final class SampleOutput implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final FileChannel channel;
  private final FreeSpace space;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  SampleOutput(Path file, FreeSpace space) throws IOException {
    this.channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING));
    this.space = space;
  }

  /** Writes the lowest eight bits of {@code value}. */
  void write(int value) throws IOException, ProcessingException {
    require(1);
    buffer.put((byte) value);
  }

  /** Writes the first {@code count} of {@code samples}. */
  void write(short[] samples, int count) throws IOException, ProcessingException {
    int done = 0;
    while (done < count) {
      require(Short.BYTES);
      int part = Math.min(count - done, buffer.remaining() / Short.BYTES);
      buffer.asShortBuffer().put(samples, done, part);
      buffer.position(buffer.position() + part * Short.BYTES);
      done += part;
    }
  }

  private void require(int bytes) throws IOException, ProcessingException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException, ProcessingException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      // a full disk has no exception of its own; whatever else failed is passed on
      space.require(BUFFER_BYTES);
      throw e;
    }
    buffer.clear();
  }

  /**
   * Writes what is buffered, and ends the file.
   *
   * @throws ProcessingException {@code DISK_FULL}
   */
  void finish() throws IOException, ProcessingException {
    if (channel.isOpen()) {
      flush();
      channel.close();
    }
  }

  /** Ends the file without what is buffered. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
