package io.maie.edge.amount;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Prints amounts for people: decimal units, a blank before the unit, a decimal point. Settings have
 * a notation of their own, which can be read back.
 */
public final class Amounts {
  private static final int KILO = 1000;
  private static final List<String> SIZES = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.DOWN);

  private Amounts() {}

  /**
   * Up to three digits and a decimal unit, rounded to nearest: {@code 999 B}, {@code 2.3 GB}.
   *
   * @param bytes a negative number reads as the unsigned number of the same bits
   */
  public static String bytes(long bytes) {
    if (bytes < 0) {
      return "more than 9 EB";
    }
    double value = bytes;
    int unit = 0;
    while (value >= KILO - 0.5 && unit < SIZES.size() - 1) {
      value /= KILO;
      unit++;
    }
    String format = unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, format, value, SIZES.get(unit));
  }

  /**
   * The two largest units, rounded down: {@code 0.25 s}, {@code 42 s}, {@code 1 min 30 s}, {@code
   * 12 h}, {@code 2 days 3 h}. Below ten seconds two digits are shown. A negative duration reads as
   * zero.
   */
  public static String duration(Duration duration) {
    if (duration.compareTo(TEN_SECONDS) < 0) {
      return seconds(Math.max(0, duration.toMillis()));
    }
    if (duration.compareTo(MINUTE) < 0) {
      return duration.toSeconds() + " s";
    }
    if (duration.toHours() == 0) {
      return pair(duration.toMinutes() + " min", duration.toSecondsPart(), "s");
    }
    if (duration.toDays() == 0) {
      return pair(duration.toHours() + " h", duration.toMinutesPart(), "min");
    }
    String days = count(duration.toDays(), "day");
    return pair(days, duration.toHoursPart(), "h");
  }

  /**
   * A number of things, whose plural ends in s: {@code 1 recording}, {@code 2 recordings}.
   *
   * @param thing in the singular
   */
  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** {@code percent} is a whole number of hundredths: {@code 12 %}. */
  public static String percent(long percent) {
    return percent + " %";
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).round(TWO_DIGITS).stripTrailingZeros().toPlainString()
        + " s";
  }

  private static String pair(String large, int small, String unit) {
    return small == 0 ? large : large + " " + small + " " + unit;
  }
}
