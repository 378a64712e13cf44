package io.maie.edge.asr.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the same in 64-bit floats, value by value. */
final class LogSumExpTest {
  private static final long SEED = 4;

  /** Tolerance that the class promises. */
  private static final double TOLERANCE = 1e-6;

  private static final float NEVER = Float.NEGATIVE_INFINITY;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 99, 1023, 1024, 1025, 1501, 2048, 51_865})
  void equalsTheSumInDoublePrecision(int size) {
    for (double spread : new double[] {0, 0.1, 1, 3, 10, 100}) {
      float[] values = random(size, spread);
      assertThat(LogSumExp.of(values, 0, size))
          .as("spread %s, seed %d", spread, SEED)
          .isCloseTo(naive(values, 0, size), within(TOLERANCE));
    }
  }

  @Test
  void valuesOutsideTheRangeAreIgnored() {
    float[] values = random(5000, 3);
    for (int from : new int[] {0, 1, 1000, 3000}) {
      for (int to : new int[] {3001, 4024, 4999}) {
        assertThat(LogSumExp.of(values, from, to))
            .isCloseTo(naive(values, from, to), within(TOLERANCE));
        assertThat(LogSumExp.max(values, from, to)).isEqualTo(naiveMax(values, from, to));
      }
    }
  }

  @Test
  void forbiddenTokensAddNothingToTheSum() {
    float[] values = random(3000, 3);
    Arrays.fill(values, 500, 2900, NEVER);
    assertThat(LogSumExp.of(values, 0, 3000)).isCloseTo(naive(values, 0, 3000), within(TOLERANCE));
    Arrays.fill(values, NEVER);
    assertThat(LogSumExp.of(values, 0, 3000)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(LogSumExp.max(values, 0, 3000)).isEqualTo(NEVER);
    assertThat(LogSumExp.of(values, 7, 7)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void theLikeliestTokenIsFoundWhereverItIs() {
    float[] scores = random(51_865, 3);
    for (int token : new int[] {0, 1, 1023, 1024, 30_000, 51_199, 51_200, 51_864}) {
      float[] copy = scores.clone();
      copy[token] = 100;
      assertThat(TokenPicker.best(Scores.of(copy), 100)).isEqualTo(token);
      copy[51_864] = 100;
      assertThat(TokenPicker.best(Scores.of(copy), 100)).as("the first of equals").isEqualTo(token);
    }
  }

  private static float[] random(int size, double spread) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (spread * random.nextDouble(-1, 1) - 5);
    }
    return values;
  }

  private static double naive(float[] values, int from, int to) {
    double max = naiveMax(values, from, to);
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.exp(values[i] - max);
    }
    return max + Math.log(sum);
  }

  private static float naiveMax(float[] values, int from, int to) {
    float max = NEVER;
    for (int i = from; i < to; i++) {
      max = Math.max(max, values[i]);
    }
    return max;
  }
}
