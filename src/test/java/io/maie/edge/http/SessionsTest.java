package io.maie.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SessionsTest {
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final ManualTicker time = new ManualTicker();
  private final Sessions sessions = new Sessions(time);

  @Test
  void aSessionEndsAfterTwelveHours() {
    String token = sessions.open().token();

    time.advance(Duration.ofHours(12).minus(MOMENT));
    assertThat(sessions.find(token)).isPresent();
    time.advance(MOMENT);
    assertThat(sessions.find(token)).isEmpty();
  }

  @Test
  void aCodeOpensOneSessionWithinAnHour() {
    String used = sessions.newCode();
    String late = sessions.newCode();

    time.advance(Duration.ofHours(1).minus(MOMENT));
    assertThat(sessions.exchange(used)).isPresent();
    assertThat(sessions.exchange(used)).isEmpty();
    time.advance(MOMENT);
    assertThat(sessions.exchange(late)).isEmpty();
  }

  @Test
  void theOldestOfTooManySessionsEnds() {
    String oldest = sessions.open().token();
    String second = sessions.open().token();

    for (int i = 0; i < 99; i++) {
      assertThat(sessions.open().token()).isNotEqualTo(oldest);
    }

    assertThat(sessions.find(oldest)).isEmpty();
    assertThat(sessions.find(second)).isPresent();
  }
}
