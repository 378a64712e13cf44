package io.maie.edge.audio.decode;

/**
 * Measures one channel as it passes: loudness (ITU-R BS.1770-4, of this channel alone), how its
 * level varies. Memory does not grow with time.
 */
final class ChannelMeter {
  /** Constant that the standard adds to the mean square in decibels. */
  private static final double OFFSET = -0.691;

  /** Blocks of 100 ms in a gating block of 400 ms; they overlap by three quarters. */
  private static final int GATING_BLOCKS = 4;

  /** The standard's gate is at -70; recordings of a closed microphone lie below it. */
  private static final double ABSOLUTE_GATE = -110;

  private static final double RELATIVE_GATE = -10;

  private final KWeighting weighting = new KWeighting();
  private final LevelHistogram blocks = new LevelHistogram();
  private final LevelHistogram gating = new LevelHistogram();
  private final double[] recent = new double[GATING_BLOCKS];
  private int blockCount;
  private double power;

  /** Measures the next block; less than a whole one ends the recording. */
  void add(float[] samples, int count) {
    add(weighting.weight(samples, count) / count);
  }

  /** Takes the next block, whose mean square was measured by others. */
  void add(double meanSquare) {
    power = meanSquare;
    blocks.add(level(power));
    recent[blockCount % GATING_BLOCKS] = power;
    blockCount++;
    if (blockCount >= GATING_BLOCKS) {
      double mean = 0;
      for (double part : recent) {
        mean += part / GATING_BLOCKS;
      }
      gating.add(level(mean));
    }
  }

  /** The sum of the products of the last block with that of {@code other}, both weighted. */
  double product(ChannelMeter other) {
    return weighting.product(other.weighting);
  }

  /** Mean square of the last block, weighted. */
  double power() {
    return power;
  }

  /**
   * Loudness of what is not pause, in LUFS, gated as the standard says; very low for silence. A
   * recording of less than 400 ms counts by its blocks of 100 ms.
   */
  double loudness() {
    LevelHistogram levels = gating.total() > 0 ? gating : blocks;
    double ungated = levels.meanAbove(ABSOLUTE_GATE);
    return levels.meanAbove(Math.max(ABSOLUTE_GATE, ungated + RELATIVE_GATE));
  }

  /** Levels of its blocks of 100 ms, digital silence left out. */
  LevelHistogram blocks() {
    return blocks;
  }

  static double level(double power) {
    return power <= 0 ? Double.NEGATIVE_INFINITY : OFFSET + 10 * Math.log10(power);
  }
}
