package io.maie.edge.audio.container;

import java.util.Locale;

/** Amounts of bytes for people. */
final class Amount {

  private Amount() {}

  /** Such as {@code 812 bytes} or {@code 12.3 MB}; negative numbers are read as unsigned. */
  static String of(long bytes) {
    if (bytes < 0) {
      return "more than 9 EB";
    }
    if (bytes < 1000) {
      return bytes + " bytes";
    }
    String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
    double value = bytes;
    int unit = -1;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  /** The clause that says how much is missing. */
  static String missing(String what, long declared, long present) {
    return String.format("the %s declares %s, %s are there", what, of(declared), of(present));
  }
}
