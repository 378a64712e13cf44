package io.maie.edge.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Sizes and times as people read them. */
final class Amounts {
  private static final int KILO = 1000;
  private static final List<String> SIZES = List.of("B", "kB", "MB", "GB", "TB");

  private Amounts() {}

  /** Three digits at most and a decimal unit: {@code 2.3 GB}. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= KILO - 0.5 && unit < SIZES.size() - 1) {
      value /= KILO;
      unit++;
    }
    String format = unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, format, value, SIZES.get(unit));
  }

  /** {@code 42 s}, {@code 7:05 min}, {@code 3:07 h}, {@code 2.1 days}. */
  static String time(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return "%d:%02d min".formatted(seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return "%d:%02d h".formatted(seconds / 3600, seconds / 60 % 60);
    }
    return String.format(Locale.ROOT, "%.1f days", seconds / 86_400.0);
  }
}
