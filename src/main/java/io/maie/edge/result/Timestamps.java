package io.maie.edge.result;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as documents write them. */
final class Timestamps {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter PLAIN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** Such as {@code 2026-01-02T03:04:05.678Z}. */
  static String utc(Instant instant) {
    return UTC.format(instant);
  }

  /** Such as {@code 2026-01-02 03:04:05 UTC}. */
  static String plain(Instant instant) {
    return PLAIN.format(instant);
  }
}
