package io.maie.edge.dsp;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Log-mel spectrograms as NeMo's models expect them: pre-emphasis over the whole signal, centred
 * frames, power, mel bands, natural logarithm of energy plus an offset. Holds scratch space: one
 * instance per thread.
 */
public final class LogMelSpectrogram {
  /*
   * Equals torch.stft on the pre-emphasised signal, squared, times librosa's filters. The window's
   * position inside a longer transform only turns phases, which the power does not see; so the
   * window is laid at the beginning of the frame.
   */
  private final LogMelOptions options;
  private final double[] weights;
  private final LogEnergies energies;

  public LogMelSpectrogram(LogMelOptions options) {
    this.options = requireNonNull(options, "options is null");
    weights = options.window().weights(options.windowLength());
    energies =
        new LogEnergies(
            options.transformLength(),
            MelFilterBank.straightInHertz(
                options.bands(), options.scale(), options.norm(), options.transformLength()),
            energy -> Math.log(energy + options.logOffset()));
  }

  /** Number of frames in a signal of {@code samples} samples. */
  public int frames(int samples) {
    if (options.padding() == FramePadding.NONE) {
      int spare = samples - options.transformLength();
      return spare < 0 ? 0 : spare / options.hop() + 1;
    }
    return samples == 0 ? 0 : samples / options.hop() + 1;
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
    int lead = (options.transformLength() - options.windowLength()) / 2;
    int first =
        options.padding() == FramePadding.NONE ? lead : lead - options.transformLength() / 2;
    for (int i = 0; i < weights.length; i++) {
      for (int lane = 0; lane < count; lane++) {
        int start = first + (firstFrame + lane) * options.hop();
        block[i][lane] = weights[i] * emphasized(samples, start + i);
      }
    }
    for (int i = weights.length; i < block.length; i++) {
      Arrays.fill(block[i], 0, count, 0);
    }
  }

  private double emphasized(float[] samples, int at) {
    int i = at;
    if (i < 0 || i >= samples.length) {
      if (options.padding() != FramePadding.REFLECT) {
        return 0;
      }
      i = reflected(at, samples.length);
    }
    return i == 0 ? samples[0] : samples[i] - options.preemphasis() * samples[i - 1];
  }

  /** Mirrors an index at the first and the last sample, which are not repeated. */
  private static int reflected(int at, int length) {
    int period = Math.max(1, 2 * (length - 1));
    int i = Math.floorMod(at, period);
    return i < length ? i : period - i;
  }
}
