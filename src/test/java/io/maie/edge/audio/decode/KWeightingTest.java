package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Weighting segment by segment is the weighting sample by sample. */
final class KWeightingTest {
  /** Factors of BS.1770-4 at 16 kHz, as {@code b0 b1 b2 a1 a2}. */
  private static final double[] SHELF = {
    1.4432952234913587,
    -1.8315753812604594,
    0.6816587574119699,
    -1.1015337691069944,
    0.39491236874986363
  };

  private static final double[] PASS = {1, -2, 1, -1.9702895280044335, 0.9705104905358434};

  private static final int BLOCK = SoundFile.BLOCK_SAMPLES;

  @Test
  void blocksOfNoiseAreWeightedAsSampleBySample() {
    float[] noise = noise(5 * BLOCK + 700);
    double[] expected = weighted(noise);
    KWeighting weighting = new KWeighting();

    for (int at = 0; at < noise.length; at += BLOCK) {
      int count = Math.min(BLOCK, noise.length - at);
      double squares = squares(expected, at, count);

      assertThat(weighting.weight(block(noise, at), count))
          .isCloseTo(squares, within(1e-4 * squares));
    }
  }

  @Test
  void toneBelowTheHighPassIsAllButGone() {
    float[] tone = new float[20 * BLOCK];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * 4 * i / 16_000);
    }
    double[] expected = weighted(tone);
    KWeighting weighting = new KWeighting();

    for (int at = 0; at < tone.length; at += BLOCK) {
      double squares = squares(expected, at, BLOCK);

      assertThat(weighting.weight(block(tone, at), BLOCK))
          .isCloseTo(squares, within(0.01 * squares));
    }
  }

  @Test
  void productsOfTwoChannelsAreThoseOfTheirWeightedSamples() {
    float[] one = noise(3 * BLOCK);
    float[] other = new float[one.length];
    for (int i = 0; i < other.length; i++) {
      other[i] = -0.5f * one[i];
    }
    KWeighting first = new KWeighting();
    KWeighting second = new KWeighting();

    for (int at = 0; at < one.length; at += BLOCK) {
      double squares = first.weight(block(one, at), BLOCK);
      double quarter = second.weight(block(other, at), BLOCK);

      assertThat(quarter).isCloseTo(squares / 4, within(1e-5 * squares));
      assertThat(first.product(second)).isCloseTo(-squares / 2, within(1e-5 * squares));
    }
  }

  @Test
  void silenceBehindSoundBecomesDigitalSilence() {
    KWeighting weighting = new KWeighting();
    weighting.weight(block(noise(BLOCK), 0), BLOCK);
    float[] silence = new float[BLOCK];
    weighting.weight(silence, BLOCK);
    weighting.weight(silence, BLOCK);

    assertThat(weighting.weight(silence, BLOCK)).isZero();
  }

  private static float[] noise(int length) {
    Random random = new Random(7);
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (float) random.nextGaussian() / (1 + i / BLOCK % 3);
    }
    return noise;
  }

  private static float[] block(float[] samples, int at) {
    return Arrays.copyOfRange(samples, at, at + BLOCK);
  }

  private static double squares(double[] samples, int at, int count) {
    return Arrays.stream(samples, at, at + count).map(x -> x * x).sum();
  }

  private static double[] weighted(float[] samples) {
    double[] input = new double[samples.length];
    for (int i = 0; i < input.length; i++) {
      input[i] = samples[i];
    }
    return filtered(filtered(input, SHELF), PASS);
  }

  private static double[] filtered(double[] in, double[] f) {
    double[] out = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      double in1 = i < 1 ? 0 : in[i - 1];
      double in2 = i < 2 ? 0 : in[i - 2];
      double out1 = i < 1 ? 0 : out[i - 1];
      double out2 = i < 2 ? 0 : out[i - 2];
      out[i] = f[0] * in[i] + f[1] * in1 + f[2] * in2 - f[3] * out1 - f[4] * out2;
    }
    return out;
  }
}
