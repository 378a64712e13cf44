package io.maie.edge.asr.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against a look at every token. */
final class TokenScoresTest {
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  @Test
  void theHighestAreFoundAfterTokensWereForbidden() {
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int size = random.nextInt(1, 20_000);
      float[] plain = new float[size];
      for (int token = 0; token < size; token++) {
        plain[token] = random.nextInt(-50, 50);
      }
      TokenScores scores = Scores.of(plain);
      for (int change = 0; change < 4; change++) {
        int from = random.nextInt(size);
        int to = random.nextInt(from, size + 1);
        scores.forbid(from, to);
        for (int token = from; token < to; token++) {
          plain[token] = NEVER;
        }
        scores.forbid(size - 1);
        plain[size - 1] = NEVER;
        int begin = random.nextInt(size);
        int end = random.nextInt(begin, size + 1);
        assertThat(scores.highest(begin, end))
            .as("seed %d", seed)
            .isEqualTo(highest(plain, begin, end));
        float limit = random.nextInt(-60, 60);
        assertThat(scores.firstAbove(limit, begin))
            .as("seed %d", seed)
            .isEqualTo(firstAbove(plain, limit, begin));
        assertThat(scores.logSum(begin, end, scores.highest(begin, end)))
            .as("seed %d", seed)
            .isCloseTo(logSum(plain, begin, end), within(1e-6));
      }
    }
  }

  @Test
  void theNextRowAllowsForbiddenTokensAgain() throws Exception {
    TokenScores scores = TokenScores.ofSize(5000);
    scores.load(values -> values[4999] = 3);
    scores.forbid(4000, 5000);
    assertThat(scores.highest(0, 5000)).isZero();
    scores.load(values -> values[4999] = 4);
    assertThat(scores.highest(0, 5000)).isEqualTo(4);
    assertThat(scores.firstAbove(3, 0)).isEqualTo(4999);
  }

  @Test
  void noTokenIsFoundWhenAllAreForbidden() {
    TokenScores scores = Scores.of(1, 2, 3);
    scores.forbid(0, 3);
    assertThat(scores.highest(0, 3)).isEqualTo(NEVER);
    assertThat(scores.logSum()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(scores.firstAbove(NEVER, 0)).isEqualTo(3);
    assertThat(TokenPicker.best(scores, NEVER)).isZero();
  }

  @Test
  void theSumIsOfAllThatIsLeft() {
    TokenScores scores = Scores.of(1, 2, 3);
    scores.forbid(2);
    assertThat(scores.logSum()).isCloseTo(Math.log(Math.exp(1) + Math.exp(2)), within(1e-6));
  }

  private static float highest(float[] values, int from, int to) {
    float highest = NEVER;
    for (int token = from; token < to; token++) {
      highest = Math.max(highest, values[token]);
    }
    return highest;
  }

  /** Scores from whole numbers between -50 and 50; a sum of doubles loses none of them. */
  private static double logSum(float[] values, int from, int to) {
    double sum = 0;
    for (int token = from; token < to; token++) {
      sum += Math.exp(values[token]);
    }
    return Math.log(sum);
  }

  private static int firstAbove(float[] values, float limit, int from) {
    int token = from;
    while (token < values.length && !(values[token] > limit)) {
      token++;
    }
    return token;
  }
}
