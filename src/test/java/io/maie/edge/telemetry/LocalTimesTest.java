package io.maie.edge.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class LocalTimesTest {

  @Test
  void theOffsetDistinguishesTheRepeatedHourOfSummerTime() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");

    assertThat(LocalTimes.of(Instant.parse("2026-10-25T00:30:00.9Z"), berlin))
        .isEqualTo("2026-10-25 02:30:00 +02:00");
    assertThat(LocalTimes.of(Instant.parse("2026-10-25T01:30:00Z"), berlin))
        .isEqualTo("2026-10-25 02:30:00 +01:00");
  }
}
