package io.maie.edge.dsp;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Kaldi's log filter bank features without dither and energy: DC removed and pre-emphasis per
 * frame. Holds scratch space: one instance per thread.
 */
public final class KaldiFilterBank {
  /** Energies below are raised to it: the distance from 1 to the next float, as in Kaldi. */
  private static final double ENERGY_FLOOR = Math.ulp(1f);

  private final KaldiFilterBankOptions options;
  private final double[] weights;
  private final LogEnergies energies;

  public KaldiFilterBank(KaldiFilterBankOptions options) {
    this.options = requireNonNull(options, "options is null");
    int length = nextPowerOfTwo(options.windowLength());
    weights = options.window().weights(options.windowLength());
    energies =
        new LogEnergies(
            length,
            MelFilterBank.kaldi(options.bands(), length),
            energy -> Math.log(Math.max(ENERGY_FLOOR, energy)));
  }

  /** Number of frames in a signal of {@code samples} samples. */
  public int frames(int samples) {
    if (!options.snipEdges()) {
      return (samples + options.hop() / 2) / options.hop();
    }
    int spare = samples - options.windowLength();
    return spare < 0 ? 0 : spare / options.hop() + 1;
  }

  /**
   * Computes the features of a signal.
   *
   * @param samples shape (samples), in [-1, 1]
   * @return shape (frames, bands), natural logarithms
   */
  public FeatureMatrix compute(float[] samples) {
    return energies.compute(
        frames(samples.length), (block, first, count) -> fillBlock(samples, block, first, count));
  }

  private void fillBlock(float[] samples, double[][] block, int firstFrame, int count) {
    for (int lane = 0; lane < count; lane++) {
      fillFrame(samples, firstSample(firstFrame + lane), block, lane);
    }
    for (int i = weights.length; i < block.length; i++) {
      Arrays.fill(block[i], 0, count, 0);
    }
  }

  /** Negative where a frame begins before the signal. */
  private int firstSample(int frame) {
    int start = frame * options.hop();
    return options.snipEdges() ? start : start + options.hop() / 2 - options.windowLength() / 2;
  }

  private void fillFrame(float[] samples, int start, double[][] block, int lane) {
    double mean = 0;
    for (int i = 0; i < weights.length; i++) {
      mean += at(samples, start + i);
    }
    mean /= weights.length;
    // the sample before the first is taken to equal it
    double previous = at(samples, start) - mean;
    for (int i = 0; i < weights.length; i++) {
      double sample = at(samples, start + i) - mean;
      block[i][lane] = options.scale() * weights[i] * (sample - options.preemphasis() * previous);
      previous = sample;
    }
  }

  /** Beyond the ends the signal is mirrored, its first and last sample repeated. */
  private static float at(float[] samples, int index) {
    if (index >= 0 && index < samples.length) {
      return samples[index];
    }
    int mirrored = Math.floorMod(index, 2 * samples.length);
    return samples[mirrored < samples.length ? mirrored : 2 * samples.length - 1 - mirrored];
  }

  private static int nextPowerOfTwo(int n) {
    return Integer.highestOneBit(2 * n - 1);
  }
}
