package io.maie.edge.asr;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import java.io.IOException;
import java.util.Arrays;

/** Finds where to cut speech that is too long for one window. */
@FunctionalInterface
public interface QuietPoint {
  /** Length of the stretch whose energy is compared: a short pause between words. */
  int STRETCH_SAMPLES = Waveform.SAMPLE_RATE / 8;

  /** Distance between compared stretches. */
  int STEP_SAMPLES = Waveform.SAMPLE_RATE / 100;

  /**
   * A sample inside {@code span}, at which cutting hurts least; at least one sample is before it.
   */
  long in(SampleSpan span) throws IOException;

  /** The middle of the stretch of 125 ms with the least energy; the latest of equals. */
  static QuietPoint of(SampleSource audio) {
    return span -> quietest(audio.read(span).samples()) + span.start();
  }

  /**
   * The same in a part of samples that are in memory.
   *
   * @return from {@code from} + 1 on, if there are so many
   */
  static int quietest(float[] samples, int from, int to) {
    return from + quietest(Arrays.copyOfRange(samples, from, to));
  }

  private static int quietest(float[] samples) {
    if (samples.length <= STRETCH_SAMPLES) {
      return Math.max(1, samples.length / 2);
    }
    double[] energyBefore = new double[samples.length + 1];
    for (int i = 0; i < samples.length; i++) {
      energyBefore[i + 1] = energyBefore[i] + samples[i] * samples[i];
    }
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int from = 0; from + STRETCH_SAMPLES <= samples.length; from += STEP_SAMPLES) {
      double energy = energyBefore[from + STRETCH_SAMPLES] - energyBefore[from];
      if (energy <= least) {
        least = energy;
        best = from;
      }
    }
    return best + STRETCH_SAMPLES / 2;
  }
}
