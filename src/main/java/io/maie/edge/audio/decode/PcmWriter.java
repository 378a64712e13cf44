package io.maie.edge.audio.decode;

import io.maie.edge.audio.PcmFile;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes mono samples as {@link PcmFile} reads them. */
final class PcmWriter implements AutoCloseable {
  private static final float FULL_SCALE = 32_768;

  private final Path file;
  private final SampleOutput out;
  private final Samples16 rounded = new Samples16();
  private long samples;

  PcmWriter(Path file, FreeSpace space) throws IOException {
    this.file = file;
    this.out = new SampleOutput(file, space);
  }

  /**
   * Appends one block.
   *
   * @param values of at most {@value SoundFile#BLOCK_SAMPLES} samples; what exceeds [-1, 1) is cut
   * @param count samples that count
   * @throws ProcessingException {@code DISK_FULL}
   */
  void append(float[] values, int count) throws IOException, ProcessingException {
    out.write(rounded.round(values, FULL_SCALE, count), count);
    samples += count;
  }

  /** Samples that were appended. */
  long samples() {
    return samples;
  }

  /** Writes what is buffered, and ends the file. */
  void finish() throws IOException, ProcessingException {
    out.finish();
  }

  /** Moves the file. */
  void moveTo(Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Closes and deletes the file. */
  void delete() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
