package io.maie.edge.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Math.log10, value by value. */
final class DecimalLogarithmTest {
  /** Tolerance that the class promises. */
  private static final double TOLERANCE = 1e-9;

  private static final int STEPS = 1 << 20;

  @Test
  void equalsTheLogarithmOverAllEnergies() {
    double[] values = new double[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      values[i] = Math.pow(10, -10 + 18. * i / STEPS);
    }
    assertEqual(values);
  }

  @Test
  void equalsTheLogarithmWithinAnOctave() {
    double[] values = new double[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      values[i] = 0.5 + 1.5 * i / STEPS;
    }
    assertEqual(values);
  }

  /** Numbers at which the split power of two changes, and at the ends of the range. */
  @ParameterizedTest
  @ValueSource(doubles = {0x1p-1000, 0x1p-30, 0.25, 0.5, 1, 2, 0x1p20, 0x1p1000})
  void nothingJumpsBetweenPowersOfTwo(double power) {
    for (double value : new double[] {power, power * Math.sqrt(0.5)}) {
      assertEqual(Math.nextDown(value), value, Math.nextUp(value));
    }
    assertEqual(Double.MIN_NORMAL, Double.MAX_VALUE);
  }

  @Test
  void powersOfTenAreRightInSinglePrecision() {
    double[] values = {1e-10, 1e-5, 0.1, 1, 10, 1e5};

    new DecimalLogarithm(values.length).apply(values, values.length);

    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    assertThat(rounded).containsExactly(new float[] {-10, -5, -1, 0, 1, 5}, within(0f));
  }

  @Test
  void onlyTheFirstAreReplaced() {
    double[] values = {100, 100, 100};

    new DecimalLogarithm(3).apply(values, 2);

    assertThat(values[1]).isCloseTo(2, within(TOLERANCE));
    assertThat(values[2]).isEqualTo(100);
  }

  private static void assertEqual(double... values) {
    double[] logarithms = values.clone();
    new DecimalLogarithm(values.length).apply(logarithms, values.length);
    double deviation = 0;
    for (int i = 0; i < values.length; i++) {
      deviation = Math.max(deviation, Math.abs(logarithms[i] - Math.log10(values[i])));
    }
    assertThat(deviation).isLessThan(TOLERANCE);
  }
}
