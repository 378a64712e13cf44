package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Makes weighted sums of the channels of a recording, with silence where its gaps are; several sums
 * in one pass.
 */
final class Mixer {
  private final SoundFile file;
  private final SoundMeter meter = new SoundMeter(1);
  private final float[] weights;
  private final BitSet muted;
  private final float[][] sum = new float[1][SoundFile.BLOCK_SAMPLES];
  private int filled;

  /** Samples, blocks and gaps of the source that were taken. */
  private long position;

  private int block;
  private int nextGap;
  private boolean isMuted;

  /**
   * @param target a new file of one channel
   */
  Mixer(SoundFile target, Order order) {
    this.file = target;
    this.weights = order.weights();
    this.muted = order.muted();
  }

  /**
   * A sum to make.
   *
   * @param muted blocks of the source that become silence
   */
  record Order(List<ChannelUse> uses, BitSet muted) {

    Order {
      uses = List.copyOf(uses);
      muted = (BitSet) muted.clone();
    }

    /** Nothing becomes silence. */
    Order(List<ChannelUse> uses) {
      this(uses, new BitSet());
    }

    private float[] weights() {
      float[] weights = new float[uses.size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = uses.get(i).weight();
      }
      return weights;
    }
  }

  /** Mono sound and what was measured of it. */
  record MeteredSound(MonoSound sound, SoundMeter meter) {

    ChannelMeter channel() {
      return meter.channels().get(0);
    }
  }

  /** Makes several sums of the channels of {@code source} in one pass. */
  static List<MeteredSound> run(TrackRecording source, List<Mixer> mixers)
      throws IOException, ProcessingException {
    List<SampleClock.Gap> gaps = source.clock().verdict().gaps();
    try (SoundFile.Reader reader = source.sound().read()) {
      int count = reader.next();
      while (count > 0) {
        for (Mixer mixer : mixers) {
          mixer.take(reader.block(), count, gaps);
        }
        count = reader.next();
      }
    }
    for (Mixer mixer : mixers) {
      mixer.flush();
      mixer.file.finish();
    }
    return mixers.stream().map(mixer -> new MeteredSound(mixer.file, mixer.meter)).toList();
  }

  private void take(float[][] source, int count, List<SampleClock.Gap> gaps)
      throws IOException, ProcessingException {
    isMuted = muted.get(block++);
    int from = 0;
    while (nextGap < gaps.size() && gaps.get(nextGap).position() < position + count) {
      SampleClock.Gap gap = gaps.get(nextGap++);
      int to = (int) (gap.position() - position);
      append(source, from, to);
      silence(gap.samples());
      from = to;
    }
    append(source, from, count);
    position += count;
  }

  private void append(float[][] source, int from, int to) throws IOException, ProcessingException {
    int at = from;
    while (at < to) {
      int count = Math.min(to - at, SoundFile.BLOCK_SAMPLES - filled);
      for (int c = 0; c < weights.length; c++) {
        add(source[c], at, count, c);
      }
      at += count;
      filled += count;
      flushIfFull();
    }
  }

  private void add(float[] source, int at, int count, int channel) {
    float weight = weights[channel];
    if (weight == 0 || isMuted) {
      return;
    }
    for (int i = 0; i < count; i++) {
      sum[0][filled + i] += weight * source[at + i];
    }
  }

  private void silence(long samples) throws IOException, ProcessingException {
    long left = samples;
    while (left > 0) {
      int count = (int) Math.min(left, SoundFile.BLOCK_SAMPLES - filled);
      filled += count;
      left -= count;
      flushIfFull();
    }
  }

  private void flushIfFull() throws IOException, ProcessingException {
    if (filled == SoundFile.BLOCK_SAMPLES) {
      flush();
    }
  }

  private void flush() throws IOException, ProcessingException {
    if (filled > 0) {
      meter.add(sum, filled);
      file.append(sum, filled);
      filled = 0;
      Arrays.fill(sum[0], 0f);
    }
  }
}
