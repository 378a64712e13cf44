package io.maie.edge.audio.decode;

/**
 * Measures one channel as it passes: loudness (ITU-R BS.1770-4, of this channel alone), how its
 * level varies, its peaks. Memory does not grow with time.
 */
final class ChannelMeter {
  /** Constant that the standard adds to the mean square in decibels. */
  private static final double OFFSET = -0.691;

  /** Blocks of 100 ms in a gating block of 400 ms; they overlap by three quarters. */
  private static final int GATING_BLOCKS = 4;

  /** The standard's gate is at -70; recordings of a closed microphone lie below it. */
  private static final double ABSOLUTE_GATE = -110;

  private static final double RELATIVE_GATE = -10;

  /** Steps of the histogram of amplitudes in an octave. */
  private static final int AMPLITUDE_STEPS = 16;

  private static final int MANTISSA_SHIFT = 23 - 4;

  /** Lowest exponent in the histogram of amplitudes: 2^-40. */
  private static final int LOWEST_EXPONENT = 127 - 40;

  private final KWeighting weighting = new KWeighting();
  private final float[] weighted = new float[SoundFile.BLOCK_SAMPLES];
  private final LevelHistogram blocks = new LevelHistogram();
  private final LevelHistogram gating = new LevelHistogram();
  private final double[] recent = new double[GATING_BLOCKS];
  private final long[] amplitudes = new long[72 * AMPLITUDE_STEPS];
  private int blockCount;
  private float peak;
  private double power;

  void add(float[] samples, int count) {
    weighting.weight(samples, weighted, count);
    double sum = 0;
    float largest = peak;
    for (int i = 0; i < count; i++) {
      sum += (double) weighted[i] * weighted[i];
      float amplitude = Math.abs(samples[i]);
      if (amplitude > largest) {
        largest = amplitude;
      }
      amplitudes[step(amplitude)]++;
    }
    peak = largest;
    power = count == 0 ? 0 : sum / count;
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

  /** The weighted samples of the last block. */
  float[] weighted() {
    return weighted;
  }

  /** Mean square of the last block, weighted. */
  double power() {
    return power;
  }

  /** Largest amplitude so far. */
  float peak() {
    return peak;
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

  /** Share of the samples whose amplitude is at least {@code amplitude}, to 1/16 of an octave. */
  double shareAbove(float amplitude) {
    long above = 0;
    long all = 0;
    int from = step(amplitude);
    for (int i = 0; i < amplitudes.length; i++) {
      all += amplitudes[i];
      above += i >= from ? amplitudes[i] : 0;
    }
    return all == 0 ? 0 : (double) above / all;
  }

  /** The amplitude that all but {@code share} of the samples do not exceed. */
  double amplitudeBelow(double share) {
    long all = 0;
    for (long count : amplitudes) {
      all += count;
    }
    long above = 0;
    int at = amplitudes.length;
    while (at > 0 && above <= share * all) {
      at--;
      above += amplitudes[at];
    }
    int bits = (LOWEST_EXPONENT << 4) + at + 1;
    return Float.intBitsToFloat(bits << MANTISSA_SHIFT);
  }

  static double level(double power) {
    return power <= 0 ? Double.NEGATIVE_INFINITY : OFFSET + 10 * Math.log10(power);
  }

  private static int step(float amplitude) {
    int bits = Float.floatToRawIntBits(amplitude) >>> MANTISSA_SHIFT;
    return Math.max(0, Math.min(71 * AMPLITUDE_STEPS, bits - (LOWEST_EXPONENT << 4)));
  }
}
