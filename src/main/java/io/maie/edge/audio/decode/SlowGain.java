package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelLevels;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Gains of stretches whose level is far from that of the rest: a voice far from the microphone is
 * raised, bursts far above full scale are lowered. They come from damaged data, or from recorders
 * that store floats and were shouted at. Where neither is found there are no gains.
 */
final class SlowGain {
  /** No sound that fits into full scale reaches this, in LUFS. */
  private static final int BURST = 6;

  /**
   * The share of loud sound beyond which the level above full scale belongs to the sound itself.
   */
  private static final double MOST_BURSTS = 0.3;

  /** Quieter blocks are pauses of any recording, in LUFS. */
  private static final int AUDIBLE = -90;

  private static final double RELATIVE_GATE = 10;

  /** A voice is far below the others from here, in dB. */
  private static final double FAR_BELOW = 20;

  /** Loudness from which recognisers need no gain, in LUFS. */
  private static final double QUIET = -36;

  /** Loudness that a quiet voice is brought to, in LUFS. */
  private static final double TARGET = -26;

  /** No block is raised beyond, in LUFS. */
  private static final double LOUDEST = -14;

  /** Fainter sound holds no voice that a recogniser understands, in LUFS. */
  private static final double FAINT = -62;

  /** Blocks of the shortest stretch, 1.5 s; pauses in speech are shorter. */
  private static final int LEAST_BLOCKS = 15;

  /** Blocks after which a stretch is judged again, 30 s. */
  private static final int MOST_BLOCKS = 300;

  /** Speech lasts that many blocks, breath and clicks do not. */
  private static final int LEAST_ACTIVE = 8;

  /** Speech stands out from the noise around it by so many dB. */
  private static final int DISTANCE = 10;

  private static final double HIGH = 0.9;
  private static final double LOW = 0.1;

  private final byte[] levels;

  /**
   * @param levels of blocks of {@value SoundFile#BLOCK_SAMPLES} samples, in LUFS, {@value
   *     ChannelLevels#SILENCE} for silence
   */
  SlowGain(byte[] levels) {
    this.levels = levels;
  }

  /** Returns whether a small share of the sound is far above full scale. */
  boolean hasBursts() {
    int bursts = 0;
    int audible = 0;
    for (byte level : levels) {
      bursts += level > BURST ? 1 : 0;
      audible += level > AUDIBLE ? 1 : 0;
    }
    return bursts > 0 && bursts < MOST_BURSTS * audible;
  }

  /** Loudness of what lies between the bursts, gated as that of whole recordings is, in LUFS. */
  double loudnessBetweenBursts() {
    double ungated = meanAbove(AUDIBLE);
    return meanAbove(Math.max(AUDIBLE, ungated - RELATIVE_GATE));
  }

  private double meanAbove(double threshold) {
    double power = 0;
    int count = 0;
    for (byte level : levels) {
      if (level > threshold && level <= BURST) {
        power += Math.pow(10, level / 10.0);
        count++;
      }
    }
    return count == 0 ? ChannelLevels.SILENCE : 10 * Math.log10(power / count);
  }

  /**
   * Gains beyond that of the whole recording, in dB per block; empty if there are none.
   *
   * @param loudness of the recording before its gain, in LUFS
   * @param gain of the whole recording, in dB
   */
  byte[] gains(double loudness, double gain) {
    byte[] gains = new byte[levels.length];
    boolean isAny = hasBursts();
    if (isAny) {
      lower(gains, loudness);
    }
    double limit = loudness - FAR_BELOW;
    int start = 0;
    for (int i = 0; i <= levels.length; i++) {
      boolean ends = i == levels.length || levels[i] >= limit || i - start == MOST_BLOCKS;
      if (ends) {
        OptionalInt raised = raised(Arrays.copyOfRange(levels, Math.min(start, i), i), gain);
        if (raised.isPresent()) {
          // the gain glides up within the first block, not within the sound before it
          Arrays.fill(gains, start + 1, i, (byte) raised.getAsInt());
          isAny = true;
        }
        boolean isWithin = i < levels.length && levels[i] < limit;
        start = isWithin ? i : i + 1;
      }
    }
    return isAny ? gains : new byte[0];
  }

  /** Lowers bursts to the loudness of the rest; the gain glides into its neighbours. */
  private void lower(byte[] gains, double loudness) {
    for (int i = 0; i < levels.length; i++) {
      int level = Math.max(levels[i], i == 0 ? levels[i] : levels[i - 1]);
      if (level > BURST) {
        gains[i] = (byte) Math.max(Byte.MIN_VALUE, loudness - level);
      }
    }
  }

  /**
   * The further gain of a stretch, in dB; empty if it holds no voice, or needs none.
   *
   * @param sorted the levels of its blocks, which are put in order
   */
  private static OptionalInt raised(byte[] sorted, double gain) {
    if (sorted.length < LEAST_BLOCKS) {
      return OptionalInt.empty();
    }
    Arrays.sort(sorted);
    int high = sorted[(int) (HIGH * (sorted.length - 1))];
    int low = Math.max(AUDIBLE, sorted[(int) (LOW * (sorted.length - 1))]);
    int active = 0;
    for (byte level : sorted) {
      active += level > high - RELATIVE_GATE ? 1 : 0;
    }
    double loudness = high + gain;
    boolean isVoice = high - low >= DISTANCE && active >= LEAST_ACTIVE && loudness >= FAINT;
    if (!isVoice || loudness >= QUIET) {
      return OptionalInt.empty();
    }
    double most = LOUDEST - sorted[sorted.length - 1] - gain;
    return OptionalInt.of((byte) Math.max(0, Math.min(TARGET - loudness, most)));
  }
}
