package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
    "4000000000, 4.0 GB",
    "5000000000000000, 5000 TB"
  })
  void bytesHaveAUnitThatPeopleRead(long bytes, String shown) {
    assertThat(Amounts.bytes(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "-5, 0 s",
    "59, 59 s",
    "60, 1:00 min",
    "3599, 59:59 min",
    "3660, 1:01 h",
    "129600, 1.5 days"
  })
  void timesHaveAUnitThatPeopleRead(long seconds, String shown) {
    assertThat(Amounts.time(Duration.ofSeconds(seconds))).isEqualTo(shown);
  }
}
