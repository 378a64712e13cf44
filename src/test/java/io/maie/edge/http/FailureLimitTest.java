package io.maie.edge.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FailureLimitTest {
  private static final String WRONG = "w".repeat(32);

  private final ManualTicker time = new ManualTicker();
  private final FailureLimit limit = new FailureLimit(time);

  @Test
  void anAddressIsClosedForAMinute() {
    for (int i = 0; i < 10; i++) {
      limit.failed("192.0.2.1", WRONG + i);
    }

    assertThatThrownBy(() -> limit.check("192.0.2.1", "another"))
        .isInstanceOf(ProblemException.class);
    assertThatCode(() -> limit.check("192.0.2.2", "another")).doesNotThrowAnyException();
    time.advance(Duration.ofSeconds(61));
    assertThatCode(() -> limit.check("192.0.2.1", "another")).doesNotThrowAnyException();
  }

  @Test
  void addressesOfOneIpv6NetworkCountTogether() {
    for (int i = 0; i < 10; i++) {
      limit.failed("2001:db8:0:0:0:0:0:" + i, WRONG + i);
    }

    assertThatThrownBy(() -> limit.check("2001:db8:0:0:a:b:c:d"))
        .isInstanceOf(ProblemException.class);
    assertThatCode(() -> limit.check("2001:db8:0:1:0:0:0:1")).doesNotThrowAnyException();
  }

  @Test
  void aWrongKeyIsClosedWhereverItComesFrom() {
    for (int i = 0; i < 10; i++) {
      limit.failed("192.0.2." + i, WRONG);
    }

    assertThatThrownBy(() -> limit.check("198.51.100.1", WRONG))
        .isInstanceOf(ProblemException.class);
    assertThatCode(() -> limit.check("198.51.100.1", "another")).doesNotThrowAnyException();
  }
}
