package io.maie.edge.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class WindowFunctionTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void symmetricHannPeaksInTheMiddleAndVanishesAtBothEnds() {
    double[] weights = WindowFunction.HANN_SYMMETRIC.weights(5);

    assertThat(weights).containsExactly(new double[] {0, 0.5, 1, 0.5, 0}, within(TOLERANCE));
  }

  @Test
  void periodicHannIsTheSymmetricOneOfOneMoreSample() {
    double[] weights = WindowFunction.HANN_PERIODIC.weights(4);

    assertThat(weights).containsExactly(new double[] {0, 0.5, 1, 0.5}, within(TOLERANCE));
  }

  @Test
  void hammingStaysAboveZero() {
    double[] weights = WindowFunction.HAMMING_SYMMETRIC.weights(3);

    assertThat(weights).containsExactly(new double[] {0.08, 1, 0.08}, within(TOLERANCE));
  }

  @Test
  void poveyIsHannToAPower() {
    assertThat(WindowFunction.POVEY.weights(5)[1])
        .isCloseTo(Math.pow(0.5, 0.85), within(TOLERANCE));
  }

  @Test
  void rectangularWeighsAllAlike() {
    assertThat(WindowFunction.RECTANGULAR.weights(3)).containsExactly(1, 1, 1);
  }
}
