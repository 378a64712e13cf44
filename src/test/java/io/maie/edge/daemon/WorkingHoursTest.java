package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.telemetry.LocalTimes;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
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

  @ParameterizedTest
  @CsvSource({
    "08:00-17:30,2026-07-01T07:59:59,2026-07-01T08:00+02:00",
    "08:00-17:30,2026-07-01T17:30,2026-07-02T08:00+02:00",
    "22:00-06:00,2026-07-01T06:00,2026-07-01T22:00+02:00",
    "02:15-02:45,2026-03-29T01:59:59,2026-03-29T03:15+02:00",
    "02:15-05:00,2026-03-29T01:00,2026-03-29T03:00+02:00",
    "02:15-03:10,2026-03-29T01:00,2026-03-29T03:00+02:00",
    "02:15-02:45,2026-10-25T02:50,2026-10-25T02:15+01:00",
    "01:30-02:30,2026-10-25T02:45,2026-10-25T02:00+01:00"
  })
  void theNextBeginningIsToldAndRecordingsAreTakenThen(
      String hours, LocalDateTime time, OffsetDateTime next) {
    ZonedDateTime now = time.atZone(ZoneId.of("Europe/Berlin"));
    WorkingHours day = WorkingHours.parse(hours);
    ZonedDateTime beginning = day.nextBeginning(now);

    assertThat(beginning.toOffsetDateTime()).isEqualTo(next);
    assertThat(day.contains(beginning)).isTrue();
    assertThat(day.whyNot(now))
        .isEqualTo(
            "Outside the working hours "
                + hours
                + " (inbox.working_hours); recordings are taken again from "
                + LocalTimes.ofDevice(next.toInstant()));
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
