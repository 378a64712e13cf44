package io.maie.edge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DidYouMeanTest {

  @ParameterizedTest
  @CsvSource({
    "settle_tim, settle_time",
    "setlte_time, settle_time",
    "settleTime, settle_time",
    "SETTLE-TIME, settle_time",
    "ignored, ignore"
  })
  void aSlipOfTheFingerIsRecognised(String typed, String meant) {
    assertThat(DidYouMean.nearest(typed, List.of("path", "settle_time", "ignore"))).contains(meant);
  }

  @Test
  void unrelatedWordsGetNoSuggestion() {
    assertThat(DidYouMean.nearest("webhook", List.of("path", "settle_time"))).isEmpty();
    assertThat(DidYouMean.suggestion("x".repeat(100_000), List.of("x"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', abc, 3", "kitten, sitting, 3", "abcd, abdc, 1", "same, same, 0", "a, '', 1"})
  void distancesAreThoseOfTheTextbook(String a, String b, int distance) {
    assertThat(DidYouMean.distance(a, b)).isEqualTo(distance);
    assertThat(DidYouMean.distance(b, a)).isEqualTo(distance);
  }
}
