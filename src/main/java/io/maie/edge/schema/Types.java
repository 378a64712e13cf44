package io.maie.edge.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of values that documents of people share; rooms add those that only they know. */
public final class Types {
  /** One path element that every file system takes and no path, address or option can hide in. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private static final int MOST_WORDS = 100;

  /** More wrong items than that are no slips of the finger. */
  private static final int MOST_WRONG_ITEMS = 20;

  private Types() {}

  public static ValueType<Boolean> flag() {
    return new ValueType<>(
        "true or false",
        JsonSchema.type("boolean"),
        (raw, findings) -> {
          if (findings.scalar(raw) instanceof Boolean flag) {
            return flag;
          }
          throw InvalidValueException.expected("true or false", raw);
        },
        flag -> flag);
  }

  /** A whole number in a range, ends included. */
  public static ValueType<Integer> integer(int min, int max) {
    return new ValueType<>(
        "number from " + min + " to " + max,
        JsonSchema.integer(min, max),
        (raw, findings) -> {
          @Nullable Object meant = findings.scalar(raw);
          return exact(meant)
              .filter(number -> isWithin(number, BigDecimal.valueOf(min), BigDecimal.valueOf(max)))
              .filter(number -> number.stripTrailingZeros().scale() <= 0)
              .map(BigDecimal::intValueExact)
              .orElseThrow(
                  () ->
                      InvalidValueException.expected(
                          "a whole number from " + min + " to " + max, meant));
        },
        number -> number);
  }

  /** A number with decimals in a range, ends included. */
  public static ValueType<Double> decimal(double min, double max) {
    BigDecimal least = plain(min);
    BigDecimal most = plain(max);
    String label = "number from " + least + " to " + most;
    return new ValueType<>(
        label,
        JsonSchema.number(least, most),
        (raw, findings) -> {
          @Nullable Object meant = findings.scalar(raw);
          return exact(meant)
              .filter(number -> isWithin(number, least, most))
              .map(BigDecimal::doubleValue)
              .orElseThrow(() -> InvalidValueException.expected("a " + label, meant));
        },
        BigDecimal::valueOf);
  }

  private static Optional<BigDecimal> exact(@Nullable Object meant) {
    try {
      return meant instanceof Number
          ? Optional.of(new BigDecimal(meant.toString()))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty(); // not a number, or infinite
    }
  }

  private static boolean isWithin(BigDecimal number, BigDecimal min, BigDecimal max) {
    return number.compareTo(min) >= 0 && number.compareTo(max) <= 0;
  }

  private static BigDecimal plain(double number) {
    return new BigDecimal(BigDecimal.valueOf(number).stripTrailingZeros().toPlainString());
  }

  /** The id of something that is installed: never a path or an address. */
  public static ValueType<String> name() {
    return new ValueType<>(
        "name",
        JsonSchema.text(NAME.pattern()),
        (raw, findings) -> {
          if (raw instanceof String text && NAME.matcher(text).matches()) {
            return text;
          }
          throw InvalidValueException.expected(
              "the name of something installed (letters, digits, '.', '_', '-'; no path, no"
                  + " address)",
              raw);
        },
        name -> name);
  }

  /** A text that is not blank. */
  public static ValueType<String> text(int maxLength) {
    return new ValueType<>(
        "text",
        JsonSchema.text(maxLength),
        (raw, findings) -> {
          if (raw instanceof String text && !text.isBlank() && text.length() <= maxLength) {
            return text;
          }
          throw InvalidValueException.expected("a text of 1 to " + maxLength + " characters", raw);
        },
        text -> text);
  }

  /** A text that is not blank and has no line breaks. */
  public static ValueType<String> line() {
    return new ValueType<>(
        "text",
        JsonSchema.text("[^\\n\\r]*[^\\s][^\\n\\r]*"),
        (raw, findings) -> {
          if (raw instanceof String text && !text.isBlank() && text.lines().count() == 1) {
            return text;
          }
          throw InvalidValueException.expected("a text in one line", raw);
        },
        text -> text);
  }

  /** One of the constants, by its name in lower case. */
  public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    return oneOf(Arrays.asList(type.getEnumConstants()), Types::word);
  }

  /** One of several values, by the word for it. */
  public static <T> ValueType<T> oneOf(List<T> values, Function<T, String> word) {
    List<String> words = values.stream().map(word).toList();
    return new ValueType<>(
        String.join(", ", words),
        JsonSchema.words(words),
        (raw, findings) -> {
          String found = raw instanceof String text ? text.strip().toLowerCase(Locale.ROOT) : "";
          if (words.contains(found)) {
            return values.get(words.indexOf(found));
          }
          throw InvalidValueException.expected("one of " + words, raw)
              .with(DidYouMean.suggestion(found, words));
        },
        word);
  }

  /** A list of constants, which may be empty; repetition is harmless. */
  public static <E extends Enum<E>> ValueType<Set<E>> anyOf(Class<E> type) {
    ValueType<E> constant = oneOf(type);
    return list("list of " + constant.label(), constant, MOST_WORDS)
        .as(constants -> set(type, constants), List::copyOf);
  }

  /** A list of one constant or more; repetition is harmless. */
  public static <E extends Enum<E>> ValueType<Set<E>> someOf(Class<E> type) {
    ValueType<E> constant = oneOf(type);
    return atLeastOne(list("list of " + constant.label(), constant, MOST_WORDS))
        .as(constants -> set(type, constants), List::copyOf);
  }

  private static <E extends Enum<E>> Set<E> set(Class<E> type, List<E> constants) {
    Set<E> set = EnumSet.noneOf(type);
    set.addAll(constants);
    return set;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Items of one type; each that is wrong is reported at its place. */
  public static <T> ValueType<List<T>> list(String label, ValueType<T> item, int most) {
    return new ValueType<>(
        label,
        JsonSchema.list(item.schema(), most),
        (raw, findings) -> {
          if (!(findings.list(raw) instanceof List<?> items)) {
            throw InvalidValueException.expected("a " + label, raw);
          }
          if (items.size() > most) {
            throw InvalidValueException.expected("at most " + most + " items", items.size());
          }
          return items(items, item, findings);
        },
        items -> items.stream().map(item::write).toList());
  }

  private static <T> List<T> items(List<?> raw, ValueType<T> type, Findings findings) {
    List<T> items = new ArrayList<>();
    int wrong = 0;
    for (int i = 0; i < raw.size(); i++) {
      Optional<T> item = findings.part("[" + i + "]").read(type, raw.get(i));
      item.ifPresent(items::add);
      wrong += item.isEmpty() ? 1 : 0;
      if (wrong == MOST_WRONG_ITEMS) {
        findings.add("", "more wrong items than can be listed");
        break;
      }
    }
    return List.copyOf(items);
  }

  /** The same list, unless it is empty. */
  public static <T> ValueType<List<T>> atLeastOne(ValueType<List<T>> type) {
    return new ValueType<>(
        type.label(),
        JsonSchema.with(type.schema(), "minItems", 1),
        (raw, findings) -> {
          List<T> items = type.read(raw, findings);
          if (findings.isEmpty() && items.isEmpty()) {
            findings.add("", "expected a " + type.label() + ", found an empty list");
          }
          return items;
        },
        type::write);
  }

  /** Also takes null, which takes back what a weaker layer says. */
  public static <T> ValueType<Optional<T>> orNull(ValueType<T> type) {
    return new ValueType<>(
        type.label() + ", or null",
        JsonSchema.orNull(type.schema()),
        (raw, findings) -> raw == null ? Optional.empty() : Optional.of(type.read(raw, findings)),
        value -> value.map(type::write).orElse(null));
  }

  /** Also takes the word {@code off}, or false: writers of YAML mean the same by both. */
  public static <T> ValueType<Optional<T>> orOff(ValueType<T> type) {
    return or(List.of("off", false), type);
  }

  /** Also takes the word {@code auto}. */
  public static <T> ValueType<Optional<T>> orAuto(ValueType<T> type) {
    return or(List.of("auto"), type);
  }

  /** Empty for each of {@code words}, of which the first is written. */
  private static <T> ValueType<Optional<T>> or(List<Object> words, ValueType<T> type) {
    return new ValueType<>(
        type.label() + " or " + words.get(0),
        JsonSchema.anyOf(List.of(JsonSchema.words(words), type.schema())),
        (raw, findings) -> {
          if (raw != null && words.contains(raw)) {
            return Optional.empty();
          }
          try {
            return Optional.of(type.read(raw, findings));
          } catch (InvalidValueException e) {
            throw e.or(words.get(0));
          }
        },
        value -> value.<Object>map(type::write).orElse(words.get(0)));
  }
}
