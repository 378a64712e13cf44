package io.maie.edge.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WatchedTimeTest {
  private final ManualTicker ticker = new ManualTicker();
  private final WatchedTime time = new WatchedTime(ticker, Duration.ofSeconds(10));

  @Test
  void timeBetweenFrequentLooksAddsUp() {
    for (int i = 0; i < 100; i++) {
      ticker.advance(Duration.ofSeconds(7));
      time.look();
    }

    assertThat(time.nanos()).isEqualTo(Duration.ofSeconds(700).toNanos());
  }

  @Test
  void aSuspensionCountsAsOneLongPause() {
    ticker.advance(Duration.ofDays(3));
    assertThat(time.look()).isEqualTo(Duration.ofSeconds(10).toNanos());

    ticker.advance(Duration.ofSeconds(1));
    assertThat(time.look()).isEqualTo(Duration.ofSeconds(11).toNanos());
  }

  @Test
  void timeSinceTheLastLookDoesNotCountYet() {
    ticker.advance(Duration.ofSeconds(5));

    assertThat(time.nanos()).isZero();
  }
}
