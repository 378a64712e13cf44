package io.maie.edge.audio.decode;

import io.maie.edge.failure.ProcessingException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file of float samples of several channels, in blocks of {@value #BLOCK_SAMPLES}
 * samples. Each block of a channel is stored as 16-bit numbers with a common power of two as scale,
 * so that neither a recording far above full scale nor one far below loses resolution; a block of
 * zeros and one that equals that of an earlier channel take one or two bytes. Samples from 16-bit
 * samples are kept exactly. Beside sound of one channel lies the file that the recogniser reads,
 * since most recordings need no gain.
 */
final class SoundFile implements AutoCloseable {
  /** Samples of a block, 100 ms. */
  static final int BLOCK_SAMPLES = 1_600;

  private static final int ZERO = 0;
  private static final int DATA = 1;
  private static final int SAME = 2;

  private static final int BUFFER_BYTES = 256 * 1024;

  /** Bytes that are written between two looks at the free space. */
  private static final long SPACE_LOOK_BYTES = 16 << 20;

  private final Path file;
  private final int channels;
  private final FreeSpace space;
  private final DataOutputStream out;
  private final byte[] bytes = new byte[BLOCK_SAMPLES * Short.BYTES];
  private final float[][] stored;

  /** The file for sound of one channel, as the recogniser reads it. */
  private final Path pcm;

  /** Opened for the first block. */
  private @Nullable PcmWriter pcmOut;

  private long bytesUntilLook = SPACE_LOOK_BYTES;
  private long samples;

  SoundFile(Path file, int channels, FreeSpace space) throws IOException {
    this.file = file;
    this.channels = channels;
    this.space = space;
    this.stored = new float[channels][BLOCK_SAMPLES];
    this.out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
    this.pcm = file.resolveSibling(file.getFileName() + ".pcm");
  }

  /** Samples per channel that were appended. */
  long samples() {
    return samples;
  }

  /**
   * Appends one block.
   *
   * @param block per channel, its samples; finite
   * @param count samples of each that count
   * @throws ProcessingException {@code DISK_FULL}
   */
  void append(float[][] block, int count) throws IOException, ProcessingException {
    try {
      out.writeShort(count);
      for (int c = 0; c < channels; c++) {
        appendChannel(block, c, count);
      }
      if (channels == 1) {
        appendPcm(count);
      }
    } catch (IOException e) {
      // a full disk has no exception of its own; whatever else failed is passed on
      space.require(BUFFER_BYTES);
      throw e;
    }
    samples += count;
    bytesUntilLook -= (long) count * (channels + 1) * Short.BYTES;
    if (bytesUntilLook < 0) {
      space.require(0);
      bytesUntilLook = SPACE_LOOK_BYTES;
    }
  }

  private void appendPcm(int count) throws IOException {
    PcmWriter opened = pcmOut;
    if (opened == null) {
      opened = new PcmWriter(pcm);
      pcmOut = opened;
    }
    opened.append(stored[0], count);
  }

  private void appendChannel(float[][] block, int channel, int count) throws IOException {
    float[] values = block[channel];
    float peak = peak(values, count);
    if (peak == 0) {
      out.writeByte(ZERO);
      Arrays.fill(stored[channel], 0, count, 0f);
      return;
    }
    for (int other = 0; other < channel; other++) {
      if (values[0] == block[other][0] && Arrays.equals(values, 0, count, block[other], 0, count)) {
        out.writeByte(SAME);
        out.writeByte(other);
        System.arraycopy(stored[other], 0, stored[channel], 0, count);
        return;
      }
    }
    // the smallest power of two above the peak
    int exponent = Math.getExponent(peak) + 1;
    out.writeByte(DATA);
    out.writeByte(exponent);
    appendScaled(values, stored[channel], count, exponent);
  }

  private static float peak(float[] values, int count) {
    float peak = 0;
    for (int i = 0; i < count; i++) {
      float amplitude = Math.abs(values[i]);
      if (amplitude > peak) {
        peak = amplitude;
      }
    }
    return peak;
  }

  private void appendScaled(float[] values, float[] read, int count, int exponent)
      throws IOException {
    float scale = Math.scalb(1f, 15 - exponent);
    float unit = unit(exponent);
    for (int i = 0; i < count; i++) {
      int rounded = Samples16.rounded(values[i] * scale);
      bytes[2 * i] = (byte) rounded;
      bytes[2 * i + 1] = (byte) (rounded >> Byte.SIZE);
      read[i] = rounded * unit;
    }
    out.write(bytes, 0, count * Short.BYTES);
  }

  /** The value of 1 in a block whose scale is 2 to the power of {@code exponent}. */
  private static float unit(int exponent) {
    return Math.scalb(1f, exponent - 15);
  }

  /** The last block that was appended, as {@link Reader#block} gives it; reused by the next. */
  float[][] stored() {
    return stored;
  }

  /** Writes what is buffered; the file can be read then. */
  void finish() throws IOException, ProcessingException {
    try {
      closeOutputs();
    } catch (IOException e) {
      space.require(BUFFER_BYTES);
      throw e;
    }
  }

  /**
   * Moves the samples to where the recogniser reads them.
   *
   * @return whether there are any, as there are of sound of one channel
   */
  boolean movePcm(Path target) throws IOException {
    if (pcmOut != null) {
      Files.move(pcm, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return pcmOut != null;
  }

  /** Reads the file from its beginning. */
  Reader read() throws IOException {
    return new Reader();
  }

  /** Deletes the file. */
  @Override
  public void close() throws IOException {
    try {
      closeOutputs();
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(pcm);
    }
  }

  private void closeOutputs() throws IOException {
    try {
      out.close();
    } finally {
      if (pcmOut != null) {
        pcmOut.close();
      }
    }
  }

  /** One pass over the file. */
  final class Reader implements AutoCloseable {
    private final DataInputStream in;
    private final float[][] block = new float[channels][BLOCK_SAMPLES];
    private final byte[] bytes = new byte[BLOCK_SAMPLES * Short.BYTES];

    private Reader() throws IOException {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
    }

    /** Samples per channel of the next block, which {@link #block} holds then; 0 at the end. */
    int next() throws IOException {
      int count;
      try {
        count = in.readUnsignedShort();
      } catch (EOFException e) {
        return 0;
      }
      for (int c = 0; c < channels; c++) {
        readChannel(c, count);
      }
      return count;
    }

    float[][] block() {
      return block;
    }

    private void readChannel(int channel, int count) throws IOException {
      switch (in.readByte()) {
        case ZERO -> Arrays.fill(block[channel], 0, count, 0f);
        case SAME -> System.arraycopy(block[in.readUnsignedByte()], 0, block[channel], 0, count);
        default -> {
          float unit = unit(in.readByte());
          in.readFully(bytes, 0, count * Short.BYTES);
          float[] values = block[channel];
          for (int i = 0; i < count; i++) {
            values[i] = ((bytes[2 * i] & 0xFF) | bytes[2 * i + 1] << Byte.SIZE) * unit;
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
