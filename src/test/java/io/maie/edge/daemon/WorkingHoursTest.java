package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
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
    assertThat(WorkingHours.parse(hours).contains(time)).isEqualTo(isWithin);
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
