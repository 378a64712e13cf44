package io.maie.edge.audio.decode;

/** Counts of amplitudes in steps of a sixteenth of an octave, and the largest one. */
final class AmplitudeHistogram {
  /** Bits of an amplitude below those that tell its step. */
  private static final int SHIFT = 23 - 4;

  /** Steps of all exponents of a float. */
  private static final int STEPS = 1 << (Integer.SIZE - 1 - SHIFT);

  private final long[] counts = new long[STEPS];

  /** Counts of every second sample; neighbours are alike, and no count waits for the one before. */
  private final long[] others = new long[STEPS];

  private float peak;

  void add(float[] samples, int count) {
    // amplitudes are in the order of their bits
    int largest = Float.floatToRawIntBits(peak);
    int at = 0;
    for (; at + 2 <= count; at += 2) {
      int one = amplitudeBits(samples[at]);
      int other = amplitudeBits(samples[at + 1]);
      largest = Math.max(largest, Math.max(one, other));
      counts[step(one)]++;
      others[step(other)]++;
    }
    if (at < count) {
      int last = amplitudeBits(samples[at]);
      largest = Math.max(largest, last);
      counts[step(last)]++;
    }
    peak = Float.intBitsToFloat(largest);
  }

  private static int amplitudeBits(float sample) {
    return Float.floatToRawIntBits(sample) & Integer.MAX_VALUE;
  }

  /** Largest amplitude so far. */
  float peak() {
    return peak;
  }

  /** Share of the samples whose amplitude is at least {@code amplitude}, to 1/16 of an octave. */
  double shareAbove(float amplitude) {
    long above = 0;
    long all = 0;
    int from = step(Float.floatToRawIntBits(amplitude));
    for (int i = 0; i < counts.length; i++) {
      all += count(i);
      above += i >= from ? count(i) : 0;
    }
    return all == 0 ? 0 : (double) above / all;
  }

  /** The amplitude that all but {@code share} of the samples do not exceed. */
  double amplitudeBelow(double share) {
    long all = 0;
    for (int i = 0; i < counts.length; i++) {
      all += count(i);
    }
    long above = 0;
    int at = counts.length;
    while (at > 0 && above <= share * all) {
      at--;
      above += count(at);
    }
    return Float.intBitsToFloat((at + 1) << SHIFT);
  }

  private long count(int step) {
    return counts[step] + others[step];
  }

  private static int step(int amplitudeBits) {
    return amplitudeBits >>> SHIFT;
  }
}
