package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Makes weighted sums of the channels of a recording, with silence where its gaps are; several sums
 * in one pass.
 */
final class Mixer {
  private final MeteredSound mixed;
  private final float[] weights;
  private final BitSet muted;
  private final float[][] sum = new float[1][SoundFile.BLOCK_SAMPLES];
  private int filled;

  /** Samples, blocks and gaps of the source that were taken. */
  private long position;

  private int block;
  private int nextGap;
  private boolean isMuted;

  private Mixer(Target target, float[] weights, BitSet muted) throws IOException {
    this.mixed =
        new MeteredSound(new SoundFile(target.file(), 1, target.space()), new SoundMeter(1));
    this.weights = weights;
    this.muted = muted;
  }

  /** A mixer that is given the blocks of all channels, which it hears equally loud. */
  static Mixer evenly(int channels, Target target) throws IOException {
    float[] weights = new float[channels];
    Arrays.fill(weights, 1f / channels);
    return new Mixer(target, weights, new BitSet());
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

  /**
   * Mono sound and what was measured of it.
   *
   * @param sound owned by whoever got it
   */
  record MeteredSound(SoundFile sound, SoundMeter meter) {

    ChannelMeter channel() {
      return meter.channels().get(0);
    }
  }

  /**
   * Makes the sums of {@code orders} in new files; on failure the files are gone.
   *
   * @param gaps in order
   * @param targets one for each order
   */
  static List<MeteredSound> mix(
      SoundFile source, List<Order> orders, List<SampleClock.Gap> gaps, List<Target> targets)
      throws IOException, ProcessingException {
    List<Mixer> mixers = new ArrayList<>();
    boolean done = false;
    try {
      for (int i = 0; i < orders.size(); i++) {
        Order order = orders.get(i);
        mixers.add(new Mixer(targets.get(i), order.weights(), order.muted()));
      }
      run(source, mixers, gaps);
      done = true;
      return mixers.stream().map(mixer -> mixer.mixed).toList();
    } finally {
      if (!done) {
        for (Mixer mixer : mixers) {
          mixer.mixed.sound().close();
        }
      }
    }
  }

  /** The destination of a mix. */
  record Target(Path file, FreeSpace space) {}

  private static void run(SoundFile source, List<Mixer> mixers, List<SampleClock.Gap> gaps)
      throws IOException, ProcessingException {
    try (SoundFile.Reader reader = source.read()) {
      int count = reader.next();
      while (count > 0) {
        for (Mixer mixer : mixers) {
          mixer.take(reader.block(), count, gaps);
        }
        count = reader.next();
      }
    }
    for (Mixer mixer : mixers) {
      mixer.finish();
    }
  }

  /** Takes the next block of all channels. */
  void take(float[][] source, int count) throws IOException, ProcessingException {
    take(source, count, List.of());
  }

  /** Ends the sum, which can be read then. */
  void finish() throws IOException, ProcessingException {
    flush();
    mixed.sound().finish();
  }

  /** The sum; read it after {@link #finish} only. */
  MeteredSound mixed() {
    return mixed;
  }

  /** Returns whether channels that are heard as {@code uses} says make this sum. */
  boolean makes(List<ChannelUse> uses) {
    return Arrays.equals(weights, new Order(uses).weights());
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
      mixed.meter().add(sum, filled);
      mixed.sound().append(sum, filled);
      filled = 0;
      Arrays.fill(sum[0], 0f);
    }
  }
}
