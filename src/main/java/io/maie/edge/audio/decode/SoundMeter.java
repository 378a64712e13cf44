package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.ChannelUse;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures all channels of a recording as they pass, and how alike each two of them are. What
 * memory grows with time is a byte per 100 ms and channel.
 */
final class SoundMeter {
  /** Channels whose level over time is kept. */
  private static final int MOST_LEVELS = 8;

  /** Blocks by which a copy of a channel may be delayed, 2 s. */
  private static final int MOST_DELAY = 20;

  /** Blocks of sound from which likeness tells of a copy, 2.5 s: single words are all alike. */
  private static final int LEAST_ACTIVE = 25;

  /** Blocks that far below the loudest are pauses, in dB. */
  private static final int PAUSE = 25;

  /** For levels of -128 to 127 dB. */
  private static final double[] AMPLITUDES = levelAmplitudes();

  private final List<ChannelMeter> channels = new ArrayList<>();

  /** A meter of sound that has one channel. */
  private final AmplitudeHistogram amplitudes = new AmplitudeHistogram();

  /** Per pair: sum of products of the weighted samples. */
  private final double[][] products;

  /** Per pair: sum of products of the levels of blocks, as amplitudes. */
  private final double[][] envelopes;

  /** Per channel: sum of the levels of blocks, as amplitudes. */
  private final double[] sums;

  /** Levels of the first channels: one byte for each block. */
  private final List<ByteArrayOutputStream> levels = new ArrayList<>();

  private long blocks;

  /** Mean square of the sum of all channels in the last block. */
  private double sumPower;

  SoundMeter(int count) {
    for (int i = 0; i < count; i++) {
      channels.add(new ChannelMeter());
      if (i < MOST_LEVELS) {
        levels.add(new ByteArrayOutputStream());
      }
    }
    products = new double[count][count];
    envelopes = new double[count][count];
    sums = new double[count];
  }

  /** Measures the next block of all channels; less than a whole one ends the recording. */
  void add(float[][] block, int count) {
    for (int i = 0; i < channels.size(); i++) {
      channels.get(i).add(block[i], count);
    }
    if (channels.size() == 1) {
      amplitudes.add(block[0], count);
    }
    account(count);
  }

  /**
   * Takes the next block of the only channel.
   *
   * @param meanSquare of it, weighted, as others measured it
   */
  void add(float[] block, int count, double meanSquare) {
    channels.get(0).add(meanSquare);
    amplitudes.add(block, count);
    account(count);
  }

  private void account(int count) {
    for (int i = 0; i < levels.size(); i++) {
      double level = ChannelMeter.level(channels.get(i).power());
      levels
          .get(i)
          .write(
              (int) Math.max(ChannelLevels.SILENCE, Math.min(Byte.MAX_VALUE, Math.round(level))));
    }
    blocks++;
    sumPower = 0;
    for (int i = 0; i < channels.size(); i++) {
      ChannelMeter one = channels.get(i);
      if (one.power() == 0) {
        continue;
      }
      double amplitude = Math.sqrt(one.power());
      sums[i] += amplitude;
      products[i][i] += one.power() * count;
      envelopes[i][i] += one.power();
      sumPower += one.power();
      for (int j = 0; j < i; j++) {
        ChannelMeter other = channels.get(j);
        if (other.power() > 0) {
          double product = one.product(other);
          products[i][j] += product;
          envelopes[i][j] += amplitude * Math.sqrt(other.power());
          sumPower += 2 * product / count;
        }
      }
    }
  }

  /** Mean square of the sum of all channels in the last block, weighted. */
  double sumPower() {
    return Math.max(0, sumPower);
  }

  List<ChannelMeter> channels() {
    return channels;
  }

  /** Amplitudes of the samples; counted only where there is one channel. */
  AmplitudeHistogram amplitudes() {
    return amplitudes;
  }

  /**
   * The levels of the channels that are heard.
   *
   * @param uses the use of each channel
   * @param gaps the places at which silence was inserted, in order
   */
  ChannelLevels levels(List<ChannelUse> uses, List<SampleClock.Gap> gaps) {
    List<Integer> numbers = new ArrayList<>();
    List<byte[]> heard = new ArrayList<>();
    for (int i = 0; i < Math.min(levels.size(), uses.size()); i++) {
      if (uses.get(i).isHeard()) {
        numbers.add(uses.get(i).number());
        heard.add(spread(levels.get(i).toByteArray(), gaps));
      }
    }
    return new ChannelLevels(numbers, heard);
  }

  private static byte[] spread(byte[] blocks, List<SampleClock.Gap> gaps) {
    long inserted = gaps.stream().mapToLong(SampleClock.Gap::samples).sum();
    byte[] spread = new byte[blocks.length + (int) (inserted / ChannelLevels.BLOCK_SAMPLES)];
    Arrays.fill(spread, (byte) ChannelLevels.SILENCE);
    int next = 0;
    long shift = 0;
    for (int i = 0; i < blocks.length; i++) {
      while (next < gaps.size()
          && gaps.get(next).position() <= (long) i * ChannelLevels.BLOCK_SAMPLES) {
        shift += gaps.get(next++).samples();
      }
      int to = i + (int) (shift / ChannelLevels.BLOCK_SAMPLES);
      spread[to] = blocks[i];
    }
    return spread;
  }

  /** Returns whether the level of a channel over time is kept. */
  boolean hasLevels(int channel) {
    return channel < levels.size();
  }

  /** The level of each block of a channel, in dB of full scale. */
  byte[] levels(int channel) {
    return levels.get(channel).toByteArray();
  }

  /** Correlation of the samples of two channels, -1 to 1; 0 if one is silent. */
  double correlation(int one, int other) {
    double norm = Math.sqrt(products[one][one] * products[other][other]);
    return norm == 0 ? 0 : products[Math.max(one, other)][Math.min(one, other)] / norm;
  }

  /**
   * Correlation of the levels of two channels over time, -1 to 1; 0 if one does not vary. Where
   * levels are kept, one channel may be up to 2 s behind the other.
   */
  double envelopeCorrelation(int one, int other) {
    double meanOne = sums[one] / Math.max(1, blocks);
    double meanOther = sums[other] / Math.max(1, blocks);
    double varianceOne = envelopes[one][one] / Math.max(1, blocks) - meanOne * meanOne;
    double varianceOther = envelopes[other][other] / Math.max(1, blocks) - meanOther * meanOther;
    double shared =
        envelopes[Math.max(one, other)][Math.min(one, other)] / Math.max(1, blocks)
            - meanOne * meanOther;
    double norm = Math.sqrt(Math.max(0, varianceOne) * Math.max(0, varianceOther));
    double together = norm < 1e-20 ? 0 : shared / norm;
    return norm < 1e-20 || !hasLevels(one) || !hasLevels(other)
        ? together
        : Math.max(together, delayedCorrelation(levels(one), levels(other)));
  }

  /** The largest correlation of levels, as amplitudes, with one of them delayed. */
  private static double delayedCorrelation(byte[] one, byte[] other) {
    if (activeBlocks(one) < LEAST_ACTIVE || activeBlocks(other) < LEAST_ACTIVE) {
      return 0;
    }
    byte[] oneBetween = between(one);
    byte[] otherBetween = between(other);
    double largest = 0;
    for (int delay = 1; delay <= MOST_DELAY; delay++) {
      largest = Math.max(largest, correlation(one, behind(other, delay)));
      largest = Math.max(largest, correlation(other, behind(one, delay)));
      largest = Math.max(largest, correlation(oneBetween, behind(other, delay)));
      largest = Math.max(largest, correlation(otherBetween, behind(one, delay)));
    }
    return largest;
  }

  /** The levels of blocks that begin half a block later, as far as those of whole blocks tell. */
  private static byte[] between(byte[] levels) {
    byte[] between = levels.clone();
    for (int i = 0; i + 1 < levels.length; i++) {
      double first = AMPLITUDES[levels[i] - Byte.MIN_VALUE];
      double second = AMPLITUDES[levels[i + 1] - Byte.MIN_VALUE];
      between[i] = (byte) Math.round(10 * Math.log10((first * first + second * second) / 2));
    }
    return between;
  }

  private static int activeBlocks(byte[] levels) {
    int loudest = ChannelLevels.SILENCE;
    for (byte level : levels) {
      loudest = Math.max(loudest, level);
    }
    int active = 0;
    for (byte level : levels) {
      active += level > loudest - PAUSE ? 1 : 0;
    }
    return active;
  }

  private static byte[] behind(byte[] levels, int delay) {
    return Arrays.copyOfRange(levels, Math.min(delay, levels.length), levels.length);
  }

  private static double correlation(byte[] first, byte[] later) {
    int count = later.length;
    double sumFirst = 0;
    double sumLater = 0;
    double squaresFirst = 0;
    double squaresLater = 0;
    double products = 0;
    for (int i = 0; i < count; i++) {
      double x = AMPLITUDES[first[i] - Byte.MIN_VALUE];
      double y = AMPLITUDES[later[i] - Byte.MIN_VALUE];
      sumFirst += x;
      sumLater += y;
      squaresFirst += x * x;
      squaresLater += y * y;
      products += x * y;
    }
    double varianceFirst = squaresFirst - sumFirst * sumFirst / Math.max(1, count);
    double varianceLater = squaresLater - sumLater * sumLater / Math.max(1, count);
    double norm = Math.sqrt(Math.max(0, varianceFirst) * Math.max(0, varianceLater));
    return norm < 1e-20 ? 0 : (products - sumFirst * sumLater / count) / norm;
  }

  private static double[] levelAmplitudes() {
    double[] amplitudes = new double[256];
    for (int i = 0; i < amplitudes.length; i++) {
      amplitudes[i] = Math.pow(10, (i + Byte.MIN_VALUE) / 20.0);
    }
    return amplitudes;
  }
}
