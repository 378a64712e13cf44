package io.maie.edge.asr.moonshine;

import java.util.Arrays;
import java.util.Optional;

/**
 * The sound of a window as the model wants it: without quiet edges, since a silence before speech
 * makes the model say nothing, and not too soft.
 *
 * @param samples shape (samples), in [-1, 1], at least {@link EncoderFrames#FIELD_SAMPLES}
 * @param offset samples of the window before the first of them
 * @param spoken samples that are not filling
 */
@SuppressWarnings("ArrayRecordComponent")
record WindowSound(float[] samples, int offset, int spoken) {
  /** Length of the stretch whose energy is looked at: 10 ms. */
  private static final int STEP_SAMPLES = 160;

  /** Distance below the loudest stretch at which an edge is cut off, in dB. */
  private static final double EDGE_DECIBELS = 30;

  /** Steps that are kept beside loud sound: 0.1 s. */
  private static final int KEPT_STEPS = 10;

  /** Keeps logarithms finite: -100 dBFS. */
  private static final double FLOOR_POWER = 1e-10;

  /** Below it (-80 dBFS) there is nothing to hear. */
  private static final double LEAST_LEVEL = 1e-4;

  /** Root mean square up to which windows are raised: -24 dBFS. */
  private static final double TARGET_LEVEL = 0.06;

  private static final double MAX_GAIN = 30;
  private static final double MAX_PEAK = 0.99;
  private static final double LEAST_PEAK = 1e-6;

  /** Prepares a window; empty if nothing can be heard in it. */
  static Optional<WindowSound> of(float[] window) {
    int[] edges = edges(window);
    float[] inner = Arrays.copyOfRange(window, edges[0], edges[1]);
    double level = level(inner);
    if (level < LEAST_LEVEL) {
      return Optional.empty();
    }
    return Optional.of(of(raised(inner, level), edges[0]));
  }

  /** A part of the same sound, filled up with silence if it is shorter than the model takes. */
  WindowSound part(int from, int to) {
    return of(Arrays.copyOfRange(samples, from, to), offset + from);
  }

  private static WindowSound of(float[] samples, int offset) {
    float[] padded =
        samples.length < EncoderFrames.FIELD_SAMPLES
            ? Arrays.copyOf(samples, EncoderFrames.FIELD_SAMPLES)
            : samples;
    return new WindowSound(padded, offset, samples.length);
  }

  /** The first sample that is kept, and one past the last. */
  private static int[] edges(float[] window) {
    int steps = window.length / STEP_SAMPLES;
    if (steps < 3) {
      return new int[] {0, window.length};
    }
    double[] smooth = smooth(decibels(window, steps));
    double quiet = Arrays.stream(smooth).max().orElse(0) - EDGE_DECIBELS;
    int first = 0;
    while (smooth[first] <= quiet) {
      first++;
    }
    int last = steps - 1;
    while (smooth[last] <= quiet) {
      last--;
    }
    return new int[] {
      Math.max(0, first - KEPT_STEPS) * STEP_SAMPLES,
      Math.min(window.length, (last + 1 + KEPT_STEPS) * STEP_SAMPLES)
    };
  }

  private static double[] decibels(float[] window, int steps) {
    double[] decibels = new double[steps];
    for (int step = 0; step < steps; step++) {
      double energy = 0;
      for (int i = step * STEP_SAMPLES; i < (step + 1) * STEP_SAMPLES; i++) {
        energy += (double) window[i] * window[i];
      }
      decibels[step] = 10 * Math.log10(energy / STEP_SAMPLES + FLOOR_POWER);
    }
    return decibels;
  }

  /** Means of three neighbours; the first and the last value stand for those beyond the ends. */
  private static double[] smooth(double[] values) {
    double[] smooth = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double before = values[Math.max(0, i - 1)];
      double after = values[Math.min(values.length - 1, i + 1)];
      smooth[i] = (before + values[i] + after) / 3;
    }
    return smooth;
  }

  private static double level(float[] samples) {
    double energy = 0;
    for (float sample : samples) {
      energy += (double) sample * sample;
    }
    return samples.length == 0 ? 0 : Math.sqrt(energy / samples.length);
  }

  private static float[] raised(float[] samples, double level) {
    double peak = LEAST_PEAK;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    double gain = Math.min(MAX_GAIN, Math.min(TARGET_LEVEL / level, MAX_PEAK / peak));
    if (gain > 1) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] *= (float) gain;
      }
    }
    return samples;
  }
}
