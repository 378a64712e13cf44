package io.maie.edge.audio.decode;

/** Counts of amplitudes in steps of a sixteenth of an octave, and the largest one. */
final class AmplitudeHistogram {
  private static final int STEPS = 16;
  private static final int OCTAVES = 72;
  private static final int MANTISSA_SHIFT = 23 - 4;

  /** Exponent of the lowest octave: 2^-40. */
  private static final int LOWEST_EXPONENT = 127 - 40;

  private final long[] counts = new long[OCTAVES * STEPS];
  private float peak;

  void add(float[] samples, int count) {
    float largest = peak;
    for (int i = 0; i < count; i++) {
      float amplitude = Math.abs(samples[i]);
      largest = Math.max(largest, amplitude);
      counts[step(amplitude)]++;
    }
    peak = largest;
  }

  /** Largest amplitude so far. */
  float peak() {
    return peak;
  }

  /** Share of the samples whose amplitude is at least {@code amplitude}, to 1/16 of an octave. */
  double shareAbove(float amplitude) {
    long above = 0;
    long all = 0;
    int from = step(amplitude);
    for (int i = 0; i < counts.length; i++) {
      all += counts[i];
      above += i >= from ? counts[i] : 0;
    }
    return all == 0 ? 0 : (double) above / all;
  }

  /** The amplitude that all but {@code share} of the samples do not exceed. */
  double amplitudeBelow(double share) {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    long above = 0;
    int at = counts.length;
    while (at > 0 && above <= share * all) {
      at--;
      above += counts[at];
    }
    int bits = (LOWEST_EXPONENT << 4) + at + 1;
    return Float.intBitsToFloat(bits << MANTISSA_SHIFT);
  }

  private static int step(float amplitude) {
    int bits = Float.floatToRawIntBits(amplitude) >>> MANTISSA_SHIFT;
    return Math.max(0, Math.min((OCTAVES - 1) * STEPS, bits - (LOWEST_EXPONENT << 4)));
  }
}
