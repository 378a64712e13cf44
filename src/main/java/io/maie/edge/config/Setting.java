package io.maie.edge.config;

import static java.util.Objects.requireNonNull;

/**
 * One setting, declared once with all its properties.
 *
 * @param name {@code section.key} in snake case; a section may lie in another: {@code
 *     section.section.key}
 * @param defaultValue the value unless a layer sets another
 * @param description one sentence for the operator, with final stop
 * @param sensitivity whether its value may be shown
 */
record Setting<T>(
    String name, SettingType<T> type, T defaultValue, String description, Sensitivity sensitivity) {

  /** Visibility of a value in print. */
  enum Sensitivity {
    OPEN,
    /** Passwords and keys: never printed, wherever they come from. */
    SECRET
  }

  /** Replacement of a secret in print. */
  static final String REDACTED = "[redacted]";

  Setting {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(defaultValue, "defaultValue is null");
    requireNonNull(description, "description is null");
    requireNonNull(sensitivity, "sensitivity is null");
  }

  static <T> Setting<T> open(String name, SettingType<T> type, T defaultValue, String description) {
    return new Setting<>(name, type, defaultValue, description, Sensitivity.OPEN);
  }

  String section() {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The key within its section. */
  String key() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  String defaultText() {
    return show(defaultValue);
  }

  /** The value as a text that may be shown. */
  String show(T value) {
    boolean hides = sensitivity == Sensitivity.SECRET && !value.equals(defaultValue);
    return hides ? REDACTED : type.format().apply(value);
  }
}
