package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All channels of one track as they are decoded: samples, measurements, time stamps. */
final class TrackRecording {
  /** Beyond any sound, 32-bit numbers stored as floats included; keeps sums finite. */
  private static final float LARGEST = 4e9f;

  private final SoundFile sound;
  private final SoundMeter meter;
  private final SampleClock clock;
  private final Duration maxDuration;
  private final boolean isKept;
  private final float[][] block;
  private final ConstantOffset offset;

  /** Made while they are decoded. */
  private final Optional<EvenSum> sum;

  /** The block of samples of 16 bits that fills, channels interleaved. */
  private final short[] shorts;

  /** Part of a block of floats, channels interleaved. */
  private final float[] floats;

  private SampleEncoding encoding = SampleEncoding.FLOAT_32;

  private int filled;

  /** Read by the thread that waits. */
  private volatile long samples;

  TrackRecording(SoundFile sound, int channels, SampleClock clock, Storage storage) {
    this.sound = sound;
    this.meter = new SoundMeter(channels);
    this.clock = clock;
    this.maxDuration = storage.maxDuration();
    this.isKept = storage.isKept();
    this.sum = storage.sum();
    this.block = new float[channels][SoundFile.BLOCK_SAMPLES];
    this.shorts = new short[channels * SoundFile.BLOCK_SAMPLES];
    this.floats = new float[channels * SoundFile.BLOCK_SAMPLES];
    this.offset = new ConstantOffset(channels);
  }

  /**
   * The use of the samples, and their limits.
   *
   * @param maxDuration of a recording
   * @param isKept whether samples are kept, or measured only
   * @param sum takes all channels as they are kept; empty if no sum is made meanwhile
   */
  record Storage(Duration maxDuration, boolean isKept, Optional<EvenSum> sum) {}

  /** Notes the time stamp of the next sample. */
  void stamp(long millis) {
    clock.stamp(millis);
  }

  int channels() {
    return block.length;
  }

  /** Notes the encoding of the samples that are added from now on. */
  void encode(SampleEncoding next) {
    encoding = next;
  }

  /** Bytes of one sample of all channels. */
  int frameBytes() {
    return block.length * encoding.bytes();
  }

  /**
   * Appends decoded samples.
   *
   * @param bytes little-endian, channels interleaved
   * @throws ProcessingException {@code AUDIO_TOO_LONG} or {@code DISK_FULL}
   */
  void add(ByteBuffer bytes) throws IOException, ProcessingException {
    int count = bytes.remaining() / frameBytes();
    clock.add(count);
    if (encoding == SampleEncoding.INTEGER_16) {
      addShorts(bytes.asShortBuffer(), count);
    } else {
      addFloats(bytes.asFloatBuffer(), count);
    }
    long total = samples + count;
    samples = total;
    if (total > maxDuration.toMillis() * Waveform.SAMPLE_RATE / 1_000) {
      throw DecodeFailures.tooLong("it goes on", maxDuration);
    }
  }

  private void addShorts(ShortBuffer from, int count) throws IOException, ProcessingException {
    int channels = block.length;
    int done = 0;
    while (done < count) {
      int part = Math.min(count - done, SoundFile.BLOCK_SAMPLES - filled);
      from.get(shorts, filled * channels, part * channels);
      done += part;
      filled += part;
      if (filled == SoundFile.BLOCK_SAMPLES) {
        flush();
      }
    }
  }

  private void addFloats(FloatBuffer from, int count) throws IOException, ProcessingException {
    int channels = block.length;
    int done = 0;
    while (done < count) {
      int part = Math.min(count - done, SoundFile.BLOCK_SAMPLES - filled);
      from.get(floats, 0, part * channels);
      for (int c = 0; c < channels; c++) {
        float[] channel = block[c];
        for (int i = 0; i < part; i++) {
          channel[filled + i] = bounded(floats[i * channels + c]);
        }
      }
      done += part;
      filled += part;
      if (filled == SoundFile.BLOCK_SAMPLES) {
        flush();
      }
    }
  }

  private static float bounded(float value) {
    return Math.abs(value) <= LARGEST ? value : 0;
  }

  /** Appends samples of another recording; {@code count} of each channel. */
  void append(float[][] values, int count) throws IOException, ProcessingException {
    int done = 0;
    while (done < count) {
      int part = Math.min(count - done, SoundFile.BLOCK_SAMPLES - filled);
      for (int c = 0; c < block.length; c++) {
        System.arraycopy(values[c], done, block[c], filled, part);
      }
      done += part;
      filled += part;
      if (filled == SoundFile.BLOCK_SAMPLES) {
        flush();
      }
    }
    long total = samples + count;
    samples = total;
  }

  private void flush() throws IOException, ProcessingException {
    if (filled > 0) {
      boolean areShorts = encoding == SampleEncoding.INTEGER_16;
      if (areShorts) {
        SoundFile.separate(shorts, block, filled);
      }
      boolean isChanged = offset.remove(block, filled);
      meter.add(block, filled);
      if (isKept && areShorts && !isChanged) {
        sound.append(shorts, block, filled);
      } else if (isKept) {
        sound.append(block, filled);
      }
      if (sum.isPresent()) {
        sum.get().take(filled, meter);
      }
      filled = 0;
    }
  }

  /** Ends the recording; what was added can be read then. */
  void finish() throws IOException, ProcessingException {
    flush();
    sound.finish();
    if (sum.isPresent()) {
      sum.get().finish();
    }
  }

  /**
   * The sum that {@code uses} asks for if it was made while the recording was decoded, and no gap
   * is to be filled.
   */
  Optional<Mixer.MeteredSound> mixed(List<ChannelUse> uses) {
    return sum.filter(even -> even.isOf(uses) && clock.verdict().gaps().isEmpty())
        .map(EvenSum::metered);
  }

  /** Samples per channel with the silence that fills gaps. */
  long fullSamples() {
    return samples + clock.verdict().gaps().stream().mapToLong(SampleClock.Gap::samples).sum();
  }

  SampleClock clock() {
    return clock;
  }

  SoundFile sound() {
    return sound;
  }

  SoundMeter meter() {
    return meter;
  }

  /** Samples per channel so far. */
  long samples() {
    return samples;
  }
}
