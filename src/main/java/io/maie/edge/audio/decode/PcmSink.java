package io.maie.edge.audio.decode;

import io.maie.edge.audio.PcmFile;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Writes a stream of samples to a file, as long as duration and disk allow. */
final class PcmSink {
  private static final int BLOCK_BYTES = 64 * 1024;

  /** How much is written between two looks at the free space: 16 MiB, about 9 minutes. */
  private static final long SPACE_LOOK_BYTES = 16 << 20;

  private final Path file;
  private final FreeSpace space;
  private final Duration maxDuration;
  private final AtomicLong bytes = new AtomicLong();

  PcmSink(Path file, FreeSpace space, Duration maxDuration) {
    this.file = file;
    this.space = space;
    this.maxDuration = maxDuration;
  }

  /**
   * Writes all of {@code samples}, and returns the number of bytes.
   *
   * @throws ProcessingException {@code AUDIO_TOO_LONG} or {@code DISK_FULL}; the file is left then
   */
  long fill(InputStream samples) throws IOException, ProcessingException {
    long maxBytes = maxDuration.toMillis() * PcmFile.BYTES_PER_SECOND / 1_000;
    byte[] block = new byte[BLOCK_BYTES];
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      long nextLook = SPACE_LOOK_BYTES;
      int read = samples.read(block);
      while (read >= 0) {
        write(channel, ByteBuffer.wrap(block, 0, read));
        if (bytes.addAndGet(read) > maxBytes) {
          throw DecodeFailures.tooLong("it goes on", maxDuration);
        }
        if (bytes.get() >= nextLook) {
          space.require(0);
          nextLook += SPACE_LOOK_BYTES;
        }
        read = samples.read(block);
      }
    }
    return bytes.get();
  }

  Path file() {
    return file;
  }

  /** Bytes written so far. */
  long bytes() {
    return bytes.get();
  }

  /** Whole samples written so far. */
  long samples() {
    return bytes() / PcmFile.BYTES_PER_SAMPLE;
  }

  double seconds() {
    return (double) bytes() / PcmFile.BYTES_PER_SECOND;
  }

  private void write(FileChannel channel, ByteBuffer samples)
      throws IOException, ProcessingException {
    try {
      while (samples.hasRemaining()) {
        channel.write(samples);
      }
    } catch (IOException e) {
      // a full disk has no exception of its own; whatever else failed is passed on
      space.require(BLOCK_BYTES);
      throw e;
    }
  }
}
