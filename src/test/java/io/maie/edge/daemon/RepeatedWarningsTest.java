package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RepeatedWarningsTest {
  private final RepeatedWarnings warnings = new RepeatedWarnings();

  @Test
  void aWarningIsNewsOnceAndAgainAfterALongTime() {
    long told = IntStream.range(0, 3_600).filter(i -> warnings.isNews("a.wav READ_ONLY")).count();

    assertThat(told).isEqualTo(2);
    assertThat(warnings.isNews("b.wav READ_ONLY")).isTrue();
  }

  @Test
  void memoryIsBoundedByForgettingTheOldest() {
    warnings.isNews("first");
    IntStream.range(0, 1_000).forEach(i -> warnings.isNews("w" + i));

    assertThat(warnings.isNews("first")).isTrue();
  }
}
