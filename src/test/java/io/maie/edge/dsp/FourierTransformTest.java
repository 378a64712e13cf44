package io.maie.edge.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FourierTransformTest {
  /**
   * Tolerance relative to the greatest power; far above the rounding of double, far below any
   * mistake.
   */
  private static final double TOLERANCE = 1e-12;

  private static final int LANES = FourierTransform.LANES;

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 25, 30, 49, 64, 97, 200, 202, 400, 512})
  void everyLengthEqualsTheDefinition(int length) {
    for (int count : new int[] {1, 7, LANES}) {
      double[][] frames = random(length, count);
      double[][] power = transformed(length, frames);
      for (int lane = 0; lane < count; lane++) {
        double[] expected = naive(frames[lane]);
        double greatest = Arrays.stream(expected).max().orElseThrow();
        for (int k = 0; k < expected.length; k++) {
          assertThat(power[lane][k])
              .as("bin %d of frame %d of %d", k, lane, count)
              .isCloseTo(expected[k], within(TOLERANCE * greatest));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 97, 400, 512})
  void aFrameAloneHasTheSameBitsAsAmongOthers(int length) {
    double[][] frames = random(length, LANES);
    double[][] together = transformed(length, frames);
    for (int lane = 0; lane < LANES; lane++) {
      assertThat(transformed(length, frames[lane])[0]).isEqualTo(together[lane]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 400})
  void earlierTransformsDoNotChangeTheResult(int length) {
    FourierTransform transform = new FourierTransform(length);
    double[][] frames = random(length, 3);
    double[][] power = new double[transform.bins()][LANES];

    transform.powerSpectra(rows(random(length, LANES)), LANES, power);
    transform.powerSpectra(rows(frames), 3, power);

    assertThat(frames(power, 3)).isDeepEqualTo(transformed(length, frames));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 12})
  void placesWithoutFramesAreLeftAlone(int length) {
    FourierTransform transform = new FourierTransform(length);
    double[][] rows = new double[length][LANES];
    double[][] power = new double[transform.bins()][LANES];
    for (double[] row : power) {
      Arrays.fill(row, -1);
    }

    transform.powerSpectra(rows, 5, power);

    for (double[] row : power) {
      assertThat(Arrays.copyOf(row, 5)).containsOnly(0);
      assertThat(Arrays.copyOfRange(row, 5, LANES)).containsOnly(-1);
    }
  }

  @Test
  void aSinusoidHasItsPowerInOneBin() {
    double[] frame = new double[400];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = Math.cos(2 * Math.PI * 25 * i / frame.length);
    }

    double[] power = transformed(frame.length, frame)[0];

    for (int k = 0; k < power.length; k++) {
      assertThat(power[k]).isCloseTo(k == 25 ? 40_000 : 0, within(1e-6));
    }
  }

  @Test
  void framesOfAnotherLengthAreRefused() {
    FourierTransform transform = new FourierTransform(4);

    assertThatThrownBy(() -> transform.powerSpectra(new double[5][1], 1, new double[3][1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 4 samples, found 5");
  }

  /** Shape (frames, length), the seed is the length. */
  private static double[][] random(int length, int count) {
    Random random = new Random(length);
    double[][] frames = new double[count][];
    for (int lane = 0; lane < count; lane++) {
      frames[lane] = random.doubles(length, -1, 1).toArray();
    }
    return frames;
  }

  /** Power, shape (frames, bins). */
  private static double[][] transformed(int length, double[]... frames) {
    FourierTransform transform = new FourierTransform(length);
    double[][] power = new double[transform.bins()][LANES];
    transform.powerSpectra(rows(frames), frames.length, power);
    return frames(power, frames.length);
  }

  private static double[][] rows(double[]... frames) {
    double[][] rows = new double[frames[0].length][LANES];
    for (int lane = 0; lane < frames.length; lane++) {
      for (int i = 0; i < rows.length; i++) {
        rows[i][lane] = frames[lane][i];
      }
    }
    return rows;
  }

  private static double[][] frames(double[][] rows, int count) {
    double[][] frames = new double[count][rows.length];
    for (int lane = 0; lane < count; lane++) {
      for (int i = 0; i < rows.length; i++) {
        frames[lane][i] = rows[i][lane];
      }
    }
    return frames;
  }

  private static double[] naive(double[] frame) {
    int length = frame.length;
    double[] power = new double[length / 2 + 1];
    for (int k = 0; k < power.length; k++) {
      double real = 0;
      double imaginary = 0;
      for (int i = 0; i < length; i++) {
        double angle = 2 * Math.PI * (k * i % length) / length;
        real += frame[i] * Math.cos(angle);
        imaginary -= frame[i] * Math.sin(angle);
      }
      power[k] = real * real + imaginary * imaginary;
    }
    return power;
  }
}
