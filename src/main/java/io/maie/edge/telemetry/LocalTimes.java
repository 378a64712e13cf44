package io.maie.edge.telemetry;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as people beside the device read them: local, with the offset from UTC, so that they are
 * clear in the hour that summer time repeats. Documents and programs get UTC.
 */
public final class LocalTimes {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private LocalTimes() {}

  /** Writes a time in the form {@code 2026-03-29 03:00:00 +02:00}. */
  public static String of(Instant time, ZoneId zone) {
    return FORM.format(OffsetDateTime.ofInstant(time, zone));
  }

  /** The same in the time zone of the device. */
  public static String ofDevice(Instant time) {
    return of(time, ZoneId.systemDefault());
  }
}
