package io.maie.edge.asr.hallucination;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.dsp.FeatureMatrix;
import io.maie.edge.dsp.FramePadding;
import io.maie.edge.dsp.LogMelOptions;
import io.maie.edge.dsp.LogMelSpectrogram;
import io.maie.edge.dsp.MelBands;
import io.maie.edge.dsp.MelNorm;
import io.maie.edge.dsp.MelScale;
import io.maie.edge.dsp.WindowFunction;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether a recording itself repeats where its transcript does. A person who says a sentence
 * three times makes three similar stretches of sound; a decoder in a loop writes the sentence three
 * times over sound that goes on.
 *
 * <p>Two stretches are aligned by dynamic time warping over log-mel frames (Sakoe and Chiba 1978).
 * The cost of that alignment is compared with the cost of aligning the first stretch with the
 * second one played backwards. Backwards speech has the same spectra in the wrong order, so the
 * comparison needs no threshold that depends on voice, level or noise: for repeated speech the
 * ratio is well below one, for anything else it is near one.
 */
final class AcousticRepeats {
  /**
   * The ratio of costs up to which two stretches count as the same utterance. On recordings of
   * people one voice that repeats itself stays below 0.65, the same sentence by another voice
   * mostly below 0.8, and different speech lies above 0.8.
   */
  private static final double SAME = 0.8;

  private static final int HOP_SAMPLES = Waveform.SAMPLE_RATE / 50;
  private static final LogMelOptions FRONT_END =
      new LogMelOptions(
          new MelBands(24, 100, 7_600, Waveform.SAMPLE_RATE),
          MelScale.SLANEY,
          MelNorm.SLANEY,
          1_024,
          2 * HOP_SAMPLES,
          HOP_SAMPLES,
          WindowFunction.HANN_PERIODIC,
          FramePadding.ZEROS,
          0,
          1e-7);

  /** A stretch of fewer frames says too little. */
  private static final int FEWEST_FRAMES = 6;

  private final SampleSource audio;
  private final LogMelSpectrogram spectrogram = new LogMelSpectrogram(FRONT_END);

  AcousticRepeats(SampleSource audio) {
    this.audio = requireNonNull(audio, "audio is null");
  }

  /**
   * True if more than half of the neighbouring rounds sound alike.
   *
   * @param rounds where each round of a repetition lies in the recording, ascending
   */
  boolean areIn(List<SampleSpan> rounds) throws IOException {
    int alike = 0;
    FeatureMatrix before = features(rounds.get(0));
    for (int i = 1; i < rounds.size(); i++) {
      FeatureMatrix here = features(rounds.get(i));
      if (ratio(before, here) <= SAME) {
        alike++;
      }
      before = here;
    }
    return 2 * alike > rounds.size() - 1;
  }

  private FeatureMatrix features(SampleSpan span) throws IOException {
    long end = Math.min(span.end(), audio.length());
    float[] samples =
        span.start() >= end
            ? new float[0]
            : audio.read(new SampleSpan(span.start(), end)).samples();
    FeatureMatrix features = spectrogram.compute(samples);
    if (features.frames() > 0) {
      features.normalizeBands();
    }
    return features;
  }

  /** Cost of aligning {@code one} with {@code other}, over the cost with {@code other} reversed. */
  private static double ratio(FeatureMatrix one, FeatureMatrix other) {
    if (Math.min(one.frames(), other.frames()) < FEWEST_FRAMES) {
      return Double.POSITIVE_INFINITY;
    }
    double forwards = alignmentCost(one, other);
    double backwards = alignmentCost(one, reversed(other));
    return backwards > 0 ? forwards / backwards : Double.POSITIVE_INFINITY;
  }

  private static double alignmentCost(FeatureMatrix one, FeatureMatrix other) {
    double[] above = new double[other.frames() + 1];
    Arrays.fill(above, Double.POSITIVE_INFINITY);
    above[0] = 0;
    double[] row = new double[above.length];
    for (int i = 0; i < one.frames(); i++) {
      row[0] = Double.POSITIVE_INFINITY;
      for (int j = 0; j < other.frames(); j++) {
        double cheapest = Math.min(above[j], Math.min(above[j + 1], row[j]));
        row[j + 1] = cheapest + distance(one, i, other, j);
      }
      double[] used = above;
      above = row;
      row = used;
    }
    return above[other.frames()];
  }

  /** The frames from the last one to the first. */
  private static FeatureMatrix reversed(FeatureMatrix features) {
    int bands = features.bands();
    float[] values = new float[features.values().length];
    for (int frame = 0; frame < features.frames(); frame++) {
      int target = (features.frames() - 1 - frame) * bands;
      System.arraycopy(features.values(), frame * bands, values, target, bands);
    }
    return new FeatureMatrix(values, features.frames(), bands);
  }

  private static double distance(FeatureMatrix one, int i, FeatureMatrix other, int j) {
    double squares = 0;
    for (int band = 0; band < one.bands(); band++) {
      double off = one.at(i, band) - other.at(j, band);
      squares += off * off;
    }
    return Math.sqrt(squares);
  }
}
