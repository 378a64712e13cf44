package io.maie.edge.config;

import java.util.Locale;

/** The names of environment variables that override settings: {@code MAIE_SECTION__KEY}. */
final class Variables {
  static final String PREFIX = "MAIE_";
  private static final String SEPARATOR = "__";

  private Variables() {}

  /** The variable of a setting, given as {@code section.key}. */
  static String of(String setting) {
    return PREFIX + setting.replace(".", SEPARATOR).toUpperCase(Locale.ROOT);
  }

  /** The setting that a variable is about; whether that setting exists is another question. */
  static String setting(String variable) {
    return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace(SEPARATOR, ".");
  }

  static boolean isSetting(String variable) {
    return variable.startsWith(PREFIX) && variable.contains(SEPARATOR);
  }

  /** One underscore too few: {@code MAIE_INBOX_SETTLE_TIME}. */
  static boolean almost(String variable, String setting) {
    return !isSetting(variable)
        && variable.equals(PREFIX + setting.replace('.', '_').toUpperCase(Locale.ROOT));
  }
}
