package io.maie.edge.audio.decode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds where a channel carries nothing but what leaks into it from another one, as an echo on the
 * line or the voice beside a headset: far quieter, relative to its own speech, than the other one
 * is. A recogniser would write such speech once more.
 */
final class Leakage {
  /** The level below the other channel, each relative to its own speech, in dB. */
  private static final double DISTANCE = 10;

  /** Another channel speaks from this level on, relative to its own speech, in dB. */
  private static final double SPEAKS = -20;

  /** Own speech is heard with 0.3 s on both sides. */
  private static final int EDGE_BLOCKS = 3;

  /** Share of the blocks of a channel that its own speech exceeds, even where it is rare. */
  private static final double OWN_SPEECH = 0.99;

  private final SoundMeter meter;
  private final List<Integer> channels;

  /**
   * @param channels indexes, from 0, of those that may leak into each other
   */
  Leakage(SoundMeter meter, List<Integer> channels) {
    this.meter = meter;
    this.channels = channels;
  }

  /** The blocks of {@code channel} in which there is only leakage from others. */
  BitSet blocks(int channel) {
    BitSet leaks = new BitSet();
    if (!meter.hasLevels(channel)) {
      return leaks;
    }
    byte[] own = meter.levels(channel);
    double reference = meter.channels().get(channel).blocks().quantile(OWN_SPEECH);
    List<byte[]> levels = new ArrayList<>();
    List<Double> references = new ArrayList<>();
    for (int other : channels) {
      if (other != channel && meter.hasLevels(other)) {
        levels.add(meter.levels(other));
        references.add(meter.channels().get(other).blocks().quantile(OWN_SPEECH));
      }
    }
    BitSet speaks = new BitSet();
    for (int i = 0; i < own.length; i++) {
      double relative = own[i] - reference;
      double loudest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < levels.size(); k++) {
        loudest = Math.max(loudest, levels.get(k)[i] - references.get(k));
      }
      boolean isLeakage = loudest >= SPEAKS && loudest - relative >= DISTANCE;
      leaks.set(i, isLeakage);
      speaks.set(i, !isLeakage && relative >= SPEAKS);
    }
    for (int i = speaks.nextSetBit(0); i >= 0; i = speaks.nextSetBit(i + 1)) {
      leaks.clear(Math.max(0, i - EDGE_BLOCKS), i + EDGE_BLOCKS + 1);
    }
    return leaks;
  }
}
