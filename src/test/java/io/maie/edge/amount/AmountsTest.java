package io.maie.edge.amount;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AmountsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "99949, 99.9 kB",
    "99950, 100 kB",
    "999600, 1.0 MB",
    "500000000, 500 MB",
    "1999999999, 2.0 GB",
    "20000000000, 20.0 GB",
    "5000000000000000, 5.0 PB",
    "-1, more than 9 EB"
  })
  void bytesHaveADecimalUnit(long bytes, String shown) {
    assertThat(Amounts.bytes(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "-5000, 0 s",
    "0, 0 s",
    "7, 0.007 s",
    "50, 0.05 s",
    "100, 0.1 s",
    "1239, 1.2 s",
    "9999, 9.9 s",
    "10000, 10 s",
    "59999, 59 s",
    "60000, 1 min",
    "90000, 1 min 30 s",
    "3599000, 59 min 59 s",
    "3660000, 1 h 1 min",
    "43200000, 12 h",
    "86400000, 1 day",
    "129600000, 1 day 12 h",
    "604800000, 7 days"
  })
  void durationsHaveTheirTwoLargestUnits(long millis, String shown) {
    assertThat(Amounts.duration(Duration.ofMillis(millis))).isEqualTo(shown);
  }

  @Test
  void aPercentageHasABlankBeforeItsSign() {
    assertThat(Amounts.percent(12)).isEqualTo("12 %");
  }

  @ParameterizedTest
  @CsvSource({"0, 0 recordings", "1, 1 recording", "2, 2 recordings"})
  void oneThingIsInTheSingular(long number, String shown) {
    assertThat(Amounts.count(number, "recording")).isEqualTo(shown);
  }
}
