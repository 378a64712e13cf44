package io.maie.edge.audio.decode;

import io.maie.edge.audio.PcmFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes mono samples as {@link PcmFile} reads them. */
final class PcmWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final float FULL_SCALE = 32_768;

  private final OutputStream out;
  private final byte[] bytes = new byte[SoundFile.BLOCK_SAMPLES * PcmFile.BYTES_PER_SAMPLE];
  private long samples;

  PcmWriter(Path file) throws IOException {
    this.out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
  }

  /**
   * Appends one block.
   *
   * @param values of at most {@value SoundFile#BLOCK_SAMPLES} samples; what exceeds [-1, 1) is cut
   * @param count samples that count
   */
  void append(float[] values, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int rounded = Samples16.rounded(values[i] * FULL_SCALE);
      bytes[2 * i] = (byte) rounded;
      bytes[2 * i + 1] = (byte) (rounded >> Byte.SIZE);
    }
    out.write(bytes, 0, count * PcmFile.BYTES_PER_SAMPLE);
    samples += count;
  }

  /** Samples that were appended. */
  long samples() {
    return samples;
  }

  /** Writes what is buffered. */
  void finish() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
