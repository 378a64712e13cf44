package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*.tmp, a.tmp, true",
    "*.tmp, a.tmp.wav, false",
    ".*, .a, true",
    ".*, a.b, false",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXbYbZ, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "*, anything, true",
    "*.(x), a.(x), true",
    "REC*.WAV, rec001.wav, true"
  })
  void starsAndQuestionMarksMatchAndNothingElseIsSpecial(
      String pattern, String name, boolean expected) {
    assertThat(new Glob(pattern).matches(name)).isEqualTo(expected);
  }

  @Test
  void aPatternOfManyStarsEndsSoon() {
    assertThat(new Glob("*a".repeat(50) + "b").matches("a".repeat(255))).isFalse();
  }
}
