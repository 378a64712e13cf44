package io.maie.edge.audio.decode;

/** Counts of levels in steps of a tenth of a decibel, from {@value #LOWEST} to 80 dB. */
final class LevelHistogram {
  /** Levels below are not counted: digital silence. */
  static final int LOWEST = -140;

  private static final int HIGHEST = 80;
  private static final int STEPS = 10;

  private final long[] counts = new long[(HIGHEST - LOWEST) * STEPS];
  private long total;

  void add(double decibels) {
    if (decibels >= LOWEST) {
      int step = (int) Math.min((decibels - LOWEST) * STEPS, counts.length - 1.0);
      counts[step]++;
      total++;
    }
  }

  /** Number of levels counted. */
  long total() {
    return total;
  }

  /** The level that {@code share} of all levels do not exceed; {@link #LOWEST} if there is none. */
  double quantile(double share) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (counts[i] > 0 && seen >= wanted) {
        return level(i);
      }
    }
    return LOWEST;
  }

  /** Mean power of the levels above {@code threshold}, as a level; {@link #LOWEST} if none is. */
  double meanAbove(double threshold) {
    double power = 0;
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      if (level(i) > threshold) {
        power += counts[i] * Math.pow(10, level(i) / 10);
        seen += counts[i];
      }
    }
    return seen == 0 ? LOWEST : 10 * Math.log10(power / seen);
  }

  private static double level(int step) {
    return LOWEST + (step + 0.5) / STEPS;
  }
}
