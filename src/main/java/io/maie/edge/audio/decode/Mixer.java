package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Makes the weighted sum of the channels of a recording, with silence where its gaps are. */
final class Mixer {
  private final MeteredSound mixed;
  private final float[] weights;
  private final float[][] block = new float[1][SoundFile.BLOCK_SAMPLES];
  private int filled;

  private Mixer(MeteredSound mixed, List<ChannelUse> uses) {
    this.mixed = mixed;
    this.weights = new float[uses.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = uses.get(i).weight();
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
   * Mixes {@code source} into the new file {@code file}; on failure the file is gone.
   *
   * @param gaps in order
   */
  static MeteredSound mix(
      SoundFile source, List<ChannelUse> uses, List<SampleClock.Gap> gaps, Target target)
      throws IOException, ProcessingException {
    SoundFile file = new SoundFile(target.file(), 1, target.space());
    boolean done = false;
    try {
      MeteredSound mixed = new MeteredSound(file, new SoundMeter(1));
      new Mixer(mixed, uses).run(source, gaps);
      done = true;
      return mixed;
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  /** Where a mix goes. */
  record Target(Path file, FreeSpace space) {}

  private void run(SoundFile source, List<SampleClock.Gap> gaps)
      throws IOException, ProcessingException {
    long position = 0;
    int nextGap = 0;
    try (SoundFile.Reader reader = source.read()) {
      int count = reader.next();
      while (count > 0) {
        int from = 0;
        while (nextGap < gaps.size() && gaps.get(nextGap).position() < position + count) {
          SampleClock.Gap gap = gaps.get(nextGap++);
          int to = (int) (gap.position() - position);
          append(reader.block(), from, to);
          silence(gap.samples());
          from = to;
        }
        append(reader.block(), from, count);
        position += count;
        count = reader.next();
      }
    }
    flush();
    mixed.sound().finish();
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
    if (weight == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      block[0][filled + i] += weight * source[at + i];
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
      mixed.meter().add(block, filled);
      mixed.sound().append(block, filled);
      filled = 0;
      Arrays.fill(block[0], 0f);
    }
  }
}
