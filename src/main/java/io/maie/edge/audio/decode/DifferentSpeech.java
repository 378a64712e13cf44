package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.Waveform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out for how long channels carry different speech at the same time. Two microphones in one
 * room hear the same, as do a camera and a recorder: their samples are alike some milliseconds
 * apart, or their levels go up and down together, one perhaps a little later. Two people on two
 * channels are alike in neither.
 */
final class DifferentSpeech {
  /** Farther below its loud blocks a channel counts as pausing, in dB. */
  private static final int ACTIVE = 15;

  /** Share of the blocks of a channel that its loud ones exceed. */
  private static final double LOUD = 0.95;

  /** The way of sound between two microphones in a room, 16 ms. */
  private static final int MOST_LAG = 256;

  /** Correlation of samples from which the speech is the same. */
  private static final double SAME_SAMPLES = 0.4;

  /** Correlation of levels from which it is, for very many blocks. */
  private static final double SAME_LEVELS = 0.5;

  /** The most by which the levels of a channel may follow those of another, 0.5 s in blocks. */
  private static final int MOST_LATE = 5;

  /** Blocks of two channels whose samples are compared. */
  private static final int MOST_COMPARED = 60;

  /** Less is chance, 0.5 s. */
  private static final int LEAST_BLOCKS = 5;

  private DifferentSpeech() {}

  /**
   * Seconds for which two or more of {@code channels} carry different speech; 0 if any two of them
   * carry the same.
   *
   * @param channels indexes, from 0
   */
  static double seconds(TrackRecording sound, List<Integer> channels) throws IOException {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      for (int j = 0; j < i; j++) {
        Pair pair = new Pair(sound.meter(), channels.get(j), channels.get(i));
        if (pair.blocks.size() >= LEAST_BLOCKS) {
          pairs.add(pair);
        }
      }
    }
    if (pairs.isEmpty()) {
      return 0;
    }
    try (SoundFile.Reader reader = sound.sound().read()) {
      int count = reader.next();
      for (int block = 0; count > 0; block++) {
        for (Pair pair : pairs) {
          pair.compare(block, reader.block(), count);
        }
        count = reader.next();
      }
    }
    boolean isSame = pairs.stream().anyMatch(Pair::isSame);
    int most = pairs.stream().mapToInt(pair -> pair.blocks.size()).max().orElse(0);
    return isSame ? 0 : (double) most * ChannelLevels.BLOCK_SAMPLES / Waveform.SAMPLE_RATE;
  }

  /** Two channels, where both have sound. */
  private static final class Pair {
    private final int one;
    private final int other;

    /** The levels of both over time. */
    private final byte[] ones;

    private final byte[] others;
    private final List<Integer> blocks = new ArrayList<>();

    /** The highest at any delay. */
    private final double levelCorrelation;

    private final double[] products = new double[2 * MOST_LAG + 1];
    private int next;
    private int compared;

    Pair(SoundMeter meter, int one, int other) {
      this.one = one;
      this.other = other;
      this.ones = meter.levels(one);
      this.others = meter.levels(other);
      double leastOne = meter.channels().get(one).blocks().quantile(LOUD) - ACTIVE;
      double leastOther = meter.channels().get(other).blocks().quantile(LOUD) - ACTIVE;
      for (int i = 0; i < Math.min(ones.length, others.length); i++) {
        if (ones[i] >= leastOne && others[i] >= leastOther) {
          blocks.add(i);
        }
      }
      double most = 0;
      for (int late = -MOST_LATE; late <= MOST_LATE; late++) {
        List<Integer> both = new ArrayList<>();
        for (int i = Math.max(0, -late); i < Math.min(ones.length, others.length - late); i++) {
          if (ones[i] >= leastOne && others[i + late] >= leastOther) {
            both.add(i);
          }
        }
        boolean areEnough = both.size() >= Math.max(LEAST_BLOCKS, blocks.size() / 2);
        most = areEnough ? Math.max(most, correlation(late, both)) : most;
      }
      levelCorrelation = most;
    }

    private double correlation(int late, List<Integer> both) {
      double meanOne = both.stream().mapToInt(i -> ones[i]).average().orElse(0);
      double meanOther = both.stream().mapToInt(i -> others[i + late]).average().orElse(0);
      double product = 0;
      double powerOne = 0;
      double powerOther = 0;
      for (int i : both) {
        double a = ones[i] - meanOne;
        double b = others[i + late] - meanOther;
        product += a * b;
        powerOne += a * a;
        powerOther += b * b;
      }
      double norm = Math.sqrt(powerOne * powerOther);
      return norm == 0 ? 0 : product / norm;
    }

    /** Takes a block into account if it is among those that are compared. */
    void compare(int block, float[][] samples, int count) {
      int step = Math.max(1, blocks.size() / MOST_COMPARED);
      if (next >= blocks.size() || blocks.get(next) != block) {
        return;
      }
      next = Math.min(blocks.size(), next + step);
      float[] a = samples[one];
      float[] b = samples[other];
      double norm = Math.sqrt(power(a, count) * power(b, count));
      if (norm == 0) {
        return;
      }
      compared++;
      for (int lag = -MOST_LAG; lag <= MOST_LAG; lag++) {
        float product = 0;
        int to = Math.min(count, count - lag);
        for (int i = Math.max(0, -lag); i < to; i++) {
          product += a[i] * b[i + lag];
        }
        products[lag + MOST_LAG] += product / norm;
      }
    }

    private static double power(float[] samples, int count) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += samples[i] * samples[i];
      }
      return sum;
    }

    boolean isSame() {
      double most = 0;
      for (double product : products) {
        most = Math.max(most, Math.abs(product));
      }
      // few blocks are alike by chance
      double chance = 1 / Math.sqrt(Math.max(1, blocks.size()));
      return most / Math.max(1, compared) >= Math.min(0.9, SAME_SAMPLES + chance / 2)
          || levelCorrelation >= Math.min(0.95, SAME_LEVELS + chance);
    }
  }
}
