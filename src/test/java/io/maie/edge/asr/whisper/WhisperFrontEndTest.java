package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.dsp.FourierTransform;
import io.maie.edge.dsp.MelBands;
import io.maie.edge.dsp.MelFilterBank;
import io.maie.edge.dsp.MelNorm;
import io.maie.edge.dsp.MelScale;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definition, frame by frame; {@link WhisperParityTest} has the reference's values. */
final class WhisperFrontEndTest {
  private static final long SEED = 7;

  /** Features are of magnitude 1, in single precision; logarithms deviate less than they round. */
  private static final float TOLERANCE = 1e-6f;

  private static final int WINDOW = WhisperFrontEnd.WINDOW;

  /** Does not fill its last block, not even if three threads share it. */
  private static final int FRAMES = 2 * FourierTransform.LANES + 11;

  private static final int CHUNK = FRAMES * WhisperShape.HOP;

  /** Cosine of i / WINDOW turns. */
  private static final double[] COSINES =
      IntStream.range(0, WINDOW).mapToDouble(i -> Math.cos(2 * Math.PI * i / WINDOW)).toArray();

  /** One frame, a few, less than a block, blocks, up to both mirrors, the whole chunk. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 199, 200, 1000, 9999, 15_000, CHUNK - 401, CHUNK - 100, CHUNK})
  void featuresEqualTheDefinition(int length) {
    float[] samples = noise(CHUNK);

    float[] features = features(samples, length, 1);

    float[] expected = naive(samples, length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(features[i])
          .as("band %d of frame %d", i / FRAMES, i % FRAMES)
          .isCloseTo(expected[i], within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 15_000, CHUNK})
  void threadsShareFramesWithoutChangingABit(int length) {
    float[] samples = noise(CHUNK);

    float[] alone = features(samples, length, 1);

    assertThat(features(samples, length, 2)).isEqualTo(alone);
    assertThat(features(samples, length, 3)).isEqualTo(alone);
  }

  @Test
  void aChunkDoesNotHearTheOneBefore() {
    WhisperFrontEnd frontEnd = new WhisperFrontEnd(shape(), new ParallelRange(2));
    FloatBuffer features = FloatBuffer.allocate(80 * FRAMES);
    float[] samples = noise(CHUNK);
    float[] quiet = new float[3000];
    for (int i = 0; i < quiet.length; i++) {
      quiet[i] = samples[i] / 100;
    }

    frontEnd.compute(samples, CHUNK, features);
    frontEnd.compute(quiet, quiet.length, features);

    assertThat(features.array()).isEqualTo(features(quiet, quiet.length, 2));
  }

  @Test
  void digitalSilenceIsTheFloorOfMinusTenDecades() {
    float[] features = features(new float[CHUNK], CHUNK, 1);

    assertThat(features).containsOnly((-10 + 4) / 4f);
  }

  /** Gets louder, as the greatest value decides what is cut off. */
  private static float[] noise(int size) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] samples = new float[size];
    for (int i = 0; i < size; i++) {
      samples[i] = (float) (random.nextDouble(-1, 1) * Math.pow(10, -5 * (1 - (double) i / size)));
    }
    return samples;
  }

  private static float[] features(float[] samples, int length, int threads) {
    FloatBuffer features = FloatBuffer.allocate(80 * FRAMES);
    new WhisperFrontEnd(shape(), new ParallelRange(threads)).compute(samples, length, features);
    return features.array();
  }

  private static WhisperShape shape() {
    return new WhisperShape(80, CHUNK, FRAMES / 2, 8, 1, 1, 8, 8);
  }

  /** The weights of a bank, shape (bands, bins): its energies of single frequencies. */
  private static double[][] matrix(MelFilterBank bank) {
    int bins = WINDOW / 2 + 1;
    double[][] single = new double[bins][bins];
    for (int bin = 0; bin < bins; bin++) {
      single[bin][bin] = 1;
    }
    double[][] matrix = new double[bank.bands()][bins];
    for (int band = 0; band < matrix.length; band++) {
      bank.energies(band, single, bins, matrix[band]);
    }
    return matrix;
  }

  private static float[] naive(float[] samples, int length) {
    double[][] filters =
        matrix(
            MelFilterBank.straightInHertz(
                new MelBands(80, 0, 8000, 16_000), MelScale.SLANEY, MelNorm.SLANEY, WINDOW));
    float[] features = new float[filters.length * FRAMES];
    for (int t = 0; t < FRAMES; t++) {
      double[] power = power(frame(samples, length, t));
      for (int band = 0; band < filters.length; band++) {
        double energy = 0;
        for (int bin = 0; bin < power.length; bin++) {
          energy += filters[band][bin] * power[bin];
        }
        features[band * FRAMES + t] = (float) Math.log10(Math.max(1e-10, energy));
      }
    }
    float max = naiveMax(features);
    for (int i = 0; i < features.length; i++) {
      features[i] = (Math.max(features[i], max - 8) + 4) / 4;
    }
    return features;
  }

  private static double[] frame(float[] samples, int length, int t) {
    float[] chunk = Arrays.copyOf(Arrays.copyOf(samples, length), CHUNK);
    double[] frame = new double[WINDOW];
    for (int i = 0; i < WINDOW; i++) {
      int at = Math.abs(t * WhisperShape.HOP + i - WINDOW / 2);
      int mirrored = Math.min(at, 2 * (CHUNK - 1) - at);
      frame[i] = chunk[mirrored] * (0.5 - 0.5 * COSINES[i]);
    }
    return frame;
  }

  private static double[] power(double[] frame) {
    double[] power = new double[WINDOW / 2 + 1];
    for (int k = 0; k < power.length; k++) {
      double real = 0;
      double imaginary = 0;
      for (int i = 0; i < WINDOW; i++) {
        real += frame[i] * COSINES[k * i % WINDOW];
        // a sine is a cosine a quarter before
        imaginary += frame[i] * COSINES[(k * i + 3 * WINDOW / 4) % WINDOW];
      }
      power[k] = real * real + imaginary * imaginary;
    }
    return power;
  }

  private static float naiveMax(float[] values) {
    float max = values[0];
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
