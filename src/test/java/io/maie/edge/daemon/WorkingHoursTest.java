package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkingHoursTest {

  @ParameterizedTest
  @CsvSource({
    "08:00-17:30,07:59:59,false",
    "08:00-17:30,08:00,true",
    "08:00-17:30,17:29:59,true",
    "08:00-17:30,17:30,false",
    "22:00-06:00,21:59,false",
    "22:00-06:00,22:00,true",
    "22:00-06:00,00:00,true",
    "22:00-06:00,05:59,true",
    "22:00-06:00,06:00,false"
  })
  void hoursMayCrossMidnight(String hours, LocalTime time, boolean isWithin) {
    ZonedDateTime now = LocalDate.of(2026, 7, 1).atTime(time).atZone(ZoneOffset.UTC);

    assertThat(WorkingHours.parse(hours).contains(now)).isEqualTo(isWithin);
  }

  @ParameterizedTest
  @CsvSource({
    "02:15-02:45,2026-03-29T01:59:59,false",
    "02:15-02:45,2026-03-29T03:14:59,false",
    "02:15-02:45,2026-03-29T03:15,true",
    "02:15-02:45,2026-03-29T03:44:59,true",
    "02:15-02:45,2026-03-29T03:45,false",
    "02:15-02:45,2026-03-30T03:15,false",
    "01:00-02:45,2026-03-29T03:15,false",
    "02:15-02:45,2026-10-25T02:30,true"
  })
  void hoursThatSummerTimeLeavesOutComeBehindTheGap(
      String hours, LocalDateTime time, boolean isWithin) {
    ZonedDateTime now = time.atZone(ZoneId.of("Europe/Berlin"));

    assertThat(WorkingHours.parse(hours).contains(now)).isEqualTo(isWithin);
  }

  @Test
  void hoursAreWrittenAsTheyAreRead() {
    assertThat(WorkingHours.parse("22:00 - 06:30")).hasToString("22:00-06:30");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "22:00", "22-06", "22:00-22:00", "25:00-06:00"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> WorkingHours.parse(text)).isInstanceOf(DateTimeParseException.class);
  }
}
