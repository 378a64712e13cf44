package io.maie.edge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.time.Uptime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LivedTimeTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir private Path state;
  private Instant wall = START;
  private String boot = "first";
  private Duration on = Duration.ofMinutes(1);

  @Test
  void timeThatPassesOnBothClocksCounts() throws IOException {
    look();
    passes(Duration.ofDays(3));

    assertThat(look().age(START)).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void aClockThatIsSetForwardMakesNothingOlder() throws IOException {
    look();
    passes(Duration.ofHours(2));
    wall = wall.plus(Duration.ofDays(60));

    assertThat(look().age(START)).isEqualTo(Duration.ofHours(2));
    passes(Duration.ofHours(1));
    assertThat(look().age(START)).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void aDeviceThatStartsIn1970AndIsToldTheTimeLaterKeepsItsFilesYoung() throws IOException {
    wall = Instant.EPOCH;
    look();
    passes(Duration.ofMinutes(10));
    Instant made = wall;
    look();
    wall = START;

    assertThat(look().age(made)).isEqualTo(Duration.ZERO);
    passes(Duration.ofDays(8));
    assertThat(look().age(made)).isEqualTo(Duration.ofDays(8));
  }

  @Test
  void aClockThatIsSetBackMakesNothingOlderEither() throws IOException {
    look();
    passes(Duration.ofDays(2));
    Instant made = wall;
    look();
    passes(Duration.ofDays(1));
    wall = wall.minus(Duration.ofHours(30));

    assertThat(look().age(made)).isNegative();
    passes(Duration.ofHours(10));
    assertThat(look().age(made)).isLessThanOrEqualTo(Duration.ofHours(34));
  }

  @Test
  void timeWhileTheMachineWasOffDoesNotCount() throws IOException {
    look();
    passes(Duration.ofDays(1));
    look();
    boot = "second";
    on = Duration.ofHours(1);
    wall = wall.plus(Duration.ofDays(40));

    assertThat(look().age(START)).isEqualTo(Duration.ofHours(25));
  }

  @Test
  void timeWhileTheProgramWasOffCounts() throws IOException {
    look();
    passes(Duration.ofDays(5));

    assertThat(new LivedTime(state, () -> wall, this::uptime).look().age(START))
        .isEqualTo(Duration.ofDays(5));
  }

  /** NTP slews a clock by half a thousandth at most. */
  @Test
  void aClockThatIsCorrectedLittleByLittleIsNoJump() throws IOException {
    look();
    for (int day = 0; day < 10; day++) {
      passes(Duration.ofDays(1));
      wall = wall.plusSeconds(43);
      look();
    }

    assertThat(look().age(START)).isEqualTo(Duration.ofDays(10).plusSeconds(430));
  }

  @Test
  void filesFromBeforeTheFirstLookAreAsOldAsThatLook() throws IOException {
    look();
    passes(Duration.ofDays(1));

    assertThat(look().age(Instant.parse("2020-01-01T00:00:00Z"))).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void aDamagedFileLetsAllAgesBeginAnew() throws IOException {
    look();
    passes(Duration.ofDays(90));
    Files.writeString(state.resolve(LivedTime.FILE_NAME), "maie-edge lived time 1\nx\ny z\n");

    assertThat(look().age(START)).isEqualTo(Duration.ZERO);
  }

  private void passes(Duration span) {
    wall = wall.plus(span);
    on = on.plus(span);
  }

  private Uptime.Reading uptime() {
    return new Uptime.Reading(boot, on);
  }

  private Ages look() throws IOException {
    return new LivedTime(state, () -> wall, this::uptime).look();
  }
}
