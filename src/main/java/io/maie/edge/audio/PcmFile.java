package io.maie.edge.audio;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of raw samples: signed 16-bit little-endian, mono, 16 kHz, no header. Has one owner, who
 * closes it; reading is not thread-safe.
 */
public final class PcmFile implements SampleSource, AutoCloseable {
  /** Bytes of one sample. */
  public static final int BYTES_PER_SAMPLE = Short.BYTES;

  /** Maps a signed 16-bit sample to [-1, 1). */
  private static final float SCALE = 1f / 32_768;

  private final Path path;
  private final FileChannel channel;
  private final long length;

  private PcmFile(Path path, FileChannel channel, long length) {
    this.path = path;
    this.channel = channel;
    this.length = length;
  }

  /** Opens an existing file; a half sample at the end is ignored. */
  public static PcmFile open(Path path) throws IOException {
    requireNonNull(path, "path is null");
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    return new PcmFile(path, channel, channel.size() / BYTES_PER_SAMPLE);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public Waveform read(SampleSpan span) throws IOException {
    if (span.end() > length) {
      throw new IndexOutOfBoundsException(
          "expected a span within 0 to " + length + ", found " + span);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(span.length() * BYTES_PER_SAMPLE))
            .order(ByteOrder.LITTLE_ENDIAN);
    long position = span.start() * BYTES_PER_SAMPLE;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, position + bytes.position());
      if (read < 0) {
        throw new EOFException("'" + path + "' became shorter while it was read");
      }
    }
    ShortBuffer shorts = bytes.flip().asShortBuffer();
    float[] samples = new float[shorts.remaining()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = shorts.get(i) * SCALE;
    }
    return Waveform.of(samples);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
