package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.failure.ProcessingException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The mean of all channels of a recording, which most recordings turn out to need. It is made while
 * they are decoded, and only as the recogniser reads it: where its level has to change, it is
 * computed again from the file of all channels.
 */
final class EvenSum implements MonoSound, Closeable {
  private final SoundFile source;
  private final PcmWriter pcm;
  private final SoundMeter meter = new SoundMeter(1);
  private final float[] sum = new float[SoundFile.BLOCK_SAMPLES];
  private final int channels;
  private final float weight;

  EvenSum(SoundFile source, PcmWriter pcm) {
    this.source = source;
    this.channels = source.channels();
    this.weight = 1f / channels;
    this.pcm = pcm;
  }

  /**
   * Takes the block that was appended to the source.
   *
   * @param measured all channels, the block included
   */
  void take(int count, SoundMeter measured) throws IOException, ProcessingException {
    sum(source.stored(), count);
    meter.add(sum, count, measured.sumPower() * weight * weight);
    pcm.append(sum, count);
  }

  private void sum(float[][] block, int count) {
    float[] first = block[0];
    for (int i = 0; i < count; i++) {
      sum[i] = weight * first[i];
    }
    for (int c = 1; c < channels; c++) {
      float[] next = block[c];
      for (int i = 0; i < count; i++) {
        sum[i] += weight * next[i];
      }
    }
  }

  /** Ends the sum, which can be read then. */
  void finish() throws IOException, ProcessingException {
    pcm.finish();
  }

  /** Returns whether channels that are heard as {@code uses} says make this sum. */
  boolean isOf(List<ChannelUse> uses) {
    return uses.stream().allMatch(use -> use.weight() == weight);
  }

  /** The sum and its measurement. */
  Mixer.MeteredSound metered() {
    return new Mixer.MeteredSound(this, meter);
  }

  @Override
  public long samples() {
    return source.samples();
  }

  @Override
  public SoundFile.Reader read() throws IOException {
    SoundFile.Reader blocks = source.read();
    return new SoundFile.Reader() {
      @Override
      public int next() throws IOException {
        int count = blocks.next();
        sum(blocks.block(), count);
        return count;
      }

      @Override
      public float[][] block() {
        return new float[][] {sum};
      }

      @Override
      public void close() throws IOException {
        blocks.close();
      }
    };
  }

  @Override
  public void movePcm(Path target) throws IOException {
    pcm.moveTo(target);
  }

  @Override
  public void close() throws IOException {
    pcm.delete();
  }
}
