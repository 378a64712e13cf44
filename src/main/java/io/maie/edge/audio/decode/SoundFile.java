package io.maie.edge.audio.decode;

import io.maie.edge.failure.ProcessingException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A temporary file of float samples of several channels, in blocks of {@value #BLOCK_SAMPLES}
 * samples. Each block of a channel is stored as 16-bit numbers with a common power of two as scale,
 * so that neither a recording far above full scale nor one far below loses resolution; a block of
 * zeros and one that equals that of an earlier channel take one or two bytes. Samples from 16-bit
 * samples are kept exactly. Beside sound of one channel lies the file that the recogniser reads,
 * since most recordings need no gain.
 */
final class SoundFile implements MonoSound, Closeable {
  /** Samples of a block, 100 ms. */
  static final int BLOCK_SAMPLES = 1_600;

  private static final int ZERO = 0;
  private static final int DATA = 1;
  private static final int SAME = 2;

  /** All channels follow as they came, in place of the first one. */
  private static final int INTERLEAVED = 3;

  private static final float UNIT_16 = 1f / 32_768;

  private static final int BUFFER_BYTES = 256 * 1024;

  /** Bytes that are written between two looks at the free space. */
  private static final long SPACE_LOOK_BYTES = 16 << 20;

  private final Path file;
  private final int channels;
  private final FreeSpace space;
  private final SampleOutput out;
  private final Samples16 rounded = new Samples16();
  private final float[][] stored;

  /** The file for sound of one channel, as the recogniser reads it. */
  private final Optional<PcmWriter> pcm;

  private long bytesUntilLook = SPACE_LOOK_BYTES;
  private long samples;

  SoundFile(Path file, int channels, FreeSpace space) throws IOException {
    this.file = file;
    this.channels = channels;
    this.space = space;
    this.stored = new float[channels][BLOCK_SAMPLES];
    this.out = new SampleOutput(file, space);
    this.pcm = channels == 1 ? Optional.of(pcmBeside(file, space)) : Optional.empty();
  }

  /** The samples of one channel as the recogniser reads them, in a file beside {@code file}. */
  static PcmWriter pcmBeside(Path file, FreeSpace space) throws IOException {
    return new PcmWriter(file.resolveSibling(file.getFileName() + ".pcm"), space);
  }

  int channels() {
    return channels;
  }

  @Override
  public long samples() {
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
    begin(count);
    for (int c = 0; c < channels; c++) {
      appendChannel(block, c, count);
    }
    end(count);
  }

  /**
   * Appends one block of 16-bit samples.
   *
   * @param interleaved the samples of all channels
   * @param block the same, separated
   */
  void append(short[] interleaved, float[][] block, int count)
      throws IOException, ProcessingException {
    if (shrinks(block, count)) {
      append(block, count);
      return;
    }
    begin(count);
    out.write(INTERLEAVED);
    out.write(interleaved, count * channels);
    for (int c = 0; c < channels; c++) {
      System.arraycopy(block[c], 0, stored[c], 0, count);
    }
    end(count);
  }

  /** Returns whether a channel is silent or equals another, which takes no space then. */
  private static boolean shrinks(float[][] block, int count) {
    for (int c = 0; c < block.length; c++) {
      int at = firstSound(block[c], count);
      if (at == count) {
        return true;
      }
      for (int other = 0; other < c; other++) {
        boolean mayEqual = block[c][at] == block[other][at];
        if (mayEqual && Arrays.equals(block[c], 0, count, block[other], 0, count)) {
          return true;
        }
      }
    }
    return false;
  }

  private static int firstSound(float[] values, int count) {
    int at = 0;
    while (at < count && values[at] == 0) {
      at++;
    }
    return at;
  }

  /** Makes floats of interleaved 16-bit samples, of which each channel has {@code count}. */
  static void separate(short[] interleaved, float[][] block, int count) {
    int channels = block.length;
    for (int c = 0; c < channels; c++) {
      float[] values = block[c];
      int from = c;
      for (int i = 0; i < count; i++) {
        values[i] = interleaved[from] * UNIT_16;
        from += channels;
      }
    }
  }

  private void begin(int count) throws IOException, ProcessingException {
    out.write(count >> Byte.SIZE);
    out.write(count);
  }

  /** Accounts for a block, which {@link #stored} holds. */
  private void end(int count) throws IOException, ProcessingException {
    if (pcm.isPresent()) {
      pcm.get().append(stored[0], count);
    }
    samples += count;
    bytesUntilLook -= (long) count * (channels + 1) * Short.BYTES;
    if (bytesUntilLook < 0) {
      space.require(0);
      bytesUntilLook = SPACE_LOOK_BYTES;
    }
  }

  private void appendChannel(float[][] block, int channel, int count)
      throws IOException, ProcessingException {
    float[] values = block[channel];
    float peak = peak(values, count);
    if (peak == 0) {
      out.write(ZERO);
      Arrays.fill(stored[channel], 0, count, 0f);
      return;
    }
    for (int other = 0; other < channel; other++) {
      if (values[0] == block[other][0] && Arrays.equals(values, 0, count, block[other], 0, count)) {
        out.write(SAME);
        out.write(other);
        System.arraycopy(stored[other], 0, stored[channel], 0, count);
        return;
      }
    }
    // the smallest power of two above the peak
    int exponent = Math.getExponent(peak) + 1;
    out.write(DATA);
    out.write(exponent);
    out.write(rounded.round(values, Math.scalb(1f, 15 - exponent), count), count);
    rounded.restore(stored[channel], unit(exponent), count);
  }

  private static float peak(float[] values, int count) {
    float peak = 0;
    for (int i = 0; i < count; i++) {
      peak = Math.max(peak, Math.abs(values[i]));
    }
    return peak;
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
    out.finish();
    if (pcm.isPresent()) {
      pcm.get().finish();
    }
  }

  @Override
  public void movePcm(Path target) throws IOException {
    pcm.orElseThrow().moveTo(target);
  }

  @Override
  public Reader read() throws IOException {
    return new FileReader();
  }

  /** Deletes the file. */
  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      Files.deleteIfExists(file);
      if (pcm.isPresent()) {
        pcm.get().delete();
      }
    }
  }

  /** One pass over sound, block by block. */
  interface Reader extends AutoCloseable {

    /** Samples per channel of the next block, which {@link #block} holds then; 0 at the end. */
    int next() throws IOException;

    /** Per channel its samples; reused by the next block. */
    float[][] block();

    @Override
    void close() throws IOException;
  }

  private final class FileReader implements Reader {
    private final DataInputStream in;
    private final float[][] block = new float[channels][BLOCK_SAMPLES];
    private final byte[] bytes = new byte[channels * BLOCK_SAMPLES * Short.BYTES];
    private final ShortBuffer samples =
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    private final short[] rounded = new short[channels * BLOCK_SAMPLES];

    private FileReader() throws IOException {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
    }

    @Override
    public int next() throws IOException {
      int count;
      try {
        count = in.readUnsignedShort();
      } catch (EOFException e) {
        return 0;
      }
      int type = in.readByte();
      if (type == INTERLEAVED) {
        readShorts(count * channels);
        separate(rounded, block, count);
        return count;
      }
      readChannel(0, count, type);
      for (int c = 1; c < channels; c++) {
        readChannel(c, count, in.readByte());
      }
      return count;
    }

    @Override
    public float[][] block() {
      return block;
    }

    private void readShorts(int count) throws IOException {
      in.readFully(bytes, 0, count * Short.BYTES);
      samples.get(0, rounded, 0, count);
    }

    private void readChannel(int channel, int count, int type) throws IOException {
      switch (type) {
        case ZERO -> Arrays.fill(block[channel], 0, count, 0f);
        case SAME -> System.arraycopy(block[in.readUnsignedByte()], 0, block[channel], 0, count);
        default -> {
          float unit = unit(in.readByte());
          readShorts(count);
          float[] values = block[channel];
          for (int i = 0; i < count; i++) {
            values[i] = rounded[i] * unit;
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
