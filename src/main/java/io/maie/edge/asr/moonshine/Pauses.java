package io.maie.edge.asr.moonshine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Quiet stretches of a window. */
final class Pauses {
  private static final int STEP_SAMPLES = 160;
  private static final int STRETCH_SAMPLES = 400;
  private static final int LEAST_SAMPLES = 2400;
  private static final double FLOOR_POWER = 1e-9;
  private static final double LOW_QUANTILE = 0.1;
  private static final double HIGH_QUANTILE = 0.95;
  private static final double SHARE_OF_RANGE = 0.3;
  private static final double BELOW_HIGH = 20;

  private Pauses() {}

  /**
   * A quiet stretch.
   *
   * @param start first sample
   * @param end one past the last
   */
  record Pause(int start, int end) {}

  /**
   * The stretches of 0.15 s or more whose energy, in windows of 25 ms every 10 ms, is more than 20
   * dB below the loud ones and in the lowest three tenths of the range of the sound.
   */
  static List<Pause> in(float[] samples) {
    double[] decibels = decibels(samples);
    double[] sorted = decibels.clone();
    Arrays.sort(sorted);
    double low = quantile(sorted, LOW_QUANTILE);
    double high = quantile(sorted, HIGH_QUANTILE);
    double quiet = Math.min(low + SHARE_OF_RANGE * (high - low), high - BELOW_HIGH);
    List<Pause> pauses = new ArrayList<>();
    int from = 0;
    while (from < decibels.length) {
      int to = from;
      while (to < decibels.length && decibels[to] < quiet) {
        to++;
      }
      int start = from == 0 ? 0 : middle(from);
      int end = to == decibels.length ? samples.length : middle(to - 1);
      if (to > from && end - start >= LEAST_SAMPLES) {
        pauses.add(new Pause(start, end));
      }
      from = to + 1;
    }
    return pauses;
  }

  private static int middle(int stretch) {
    return stretch * STEP_SAMPLES + STRETCH_SAMPLES / 2;
  }

  private static double[] decibels(float[] samples) {
    int count = Math.max(1, (samples.length - STRETCH_SAMPLES) / STEP_SAMPLES + 1);
    double[] decibels = new double[count];
    for (int i = 0; i < count; i++) {
      double energy = 0;
      int end = Math.min(samples.length, i * STEP_SAMPLES + STRETCH_SAMPLES);
      for (int at = i * STEP_SAMPLES; at < end; at++) {
        energy += (double) samples[at] * samples[at];
      }
      decibels[i] = 10 * Math.log10(energy / STRETCH_SAMPLES + FLOOR_POWER);
    }
    return decibels;
  }

  /** Between neighbours in proportion, as numpy's default. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
