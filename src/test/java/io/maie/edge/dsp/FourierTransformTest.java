package io.maie.edge.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FourierTransformTest {
  /** Far above the rounding of double, far below any mistake. */
  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 25, 30, 49, 64, 97, 200, 202, 400, 512})
  void everyLengthEqualsTheDefinition(int length) {
    double[] frame = new Random(length).doubles(length, -1, 1).toArray();
    FourierTransform transform = new FourierTransform(length);
    double[] real = new double[transform.bins()];
    double[] imaginary = new double[transform.bins()];

    transform.spectrum(frame, real, imaginary);

    for (int k = 0; k < transform.bins(); k++) {
      double expectedReal = 0;
      double expectedImaginary = 0;
      for (int i = 0; i < length; i++) {
        expectedReal += frame[i] * Math.cos(2 * Math.PI * k * i / length);
        expectedImaginary -= frame[i] * Math.sin(2 * Math.PI * k * i / length);
      }
      assertThat(real[k]).isCloseTo(expectedReal, within(TOLERANCE));
      assertThat(imaginary[k]).isCloseTo(expectedImaginary, within(TOLERANCE));
    }
  }

  @Test
  void aSinusoidHasItsPowerInOneBin() {
    double[] frame = new double[400];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = Math.cos(2 * Math.PI * 25 * i / frame.length);
    }
    FourierTransform transform = new FourierTransform(frame.length);
    double[] power = new double[transform.bins()];

    transform.powerSpectrum(frame, power);

    for (int k = 0; k < power.length; k++) {
      assertThat(power[k]).isCloseTo(k == 25 ? 40_000 : 0, within(1e-6));
    }
  }

  @Test
  void aFrameOfAnotherLengthIsRefused() {
    FourierTransform transform = new FourierTransform(4);

    assertThatThrownBy(() -> transform.powerSpectrum(new double[5], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 4 samples, found 5");
  }
}
