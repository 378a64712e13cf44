package io.maie.edge.config;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * The kind of value a setting has.
 *
 * @param label its name in the documentation
 * @param parser from a value as written: a text, a number, a boolean, a list
 * @param format to the text that the parser reads as the same value
 */
record SettingType<T>(String label, Parser<T> parser, Function<T, String> format) {

  /** Reads one value. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(Object raw) throws InvalidSettingException;
  }

  SettingType {
    requireNonNull(label, "label is null");
    requireNonNull(parser, "parser is null");
    requireNonNull(format, "format is null");
  }
}
