package io.maie.edge.request;

import static io.maie.edge.request.RecordingParameters.AUTO_LANGUAGE;

import io.maie.edge.schema.DidYouMean;
import io.maie.edge.schema.Findings;
import io.maie.edge.schema.InvalidValueException;
import io.maie.edge.schema.JsonSchema;
import io.maie.edge.schema.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of values that {@link Parameters} have. */
final class ParameterTypes {
  /** One path element that every file system takes and no path, address or option can hide in. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

  /** Languages with a script, by their codes in lower case. */
  private static final Map<String, String> WITH_SCRIPT =
      Map.of("zh-hans", "zh-Hans", "zh-hant", "zh-Hant");

  private static final String CODES = "[a-z]{2,3}|zh-Hans|zh-Hant";
  private static final int MOST_LANGUAGES = 100;
  private static final int MOST_WORDS = 100;

  /** The number of a channel or a track as a text, and the highest of them. */
  private static final String NUMBER = "[1-9][0-9]{0,3}";

  private static final int MOST_NUMBER = 9999;

  private ParameterTypes() {}

  /** Also accepts null, which takes back what a weaker layer says. */
  static <T> ValueType<Optional<T>> optional(ValueType<T> type) {
    return new ValueType<>(
        type.label() + ", or null",
        JsonSchema.orNull(type.schema()),
        (raw, findings) -> raw == null ? Optional.empty() : Optional.of(type.read(raw, findings)),
        value -> value.map(type::write).orElse(null));
  }

  static ValueType<Boolean> flag() {
    return new ValueType<>(
        "true or false",
        JsonSchema.type("boolean"),
        (raw, findings) -> {
          if (raw instanceof Boolean flag) {
            return flag;
          }
          throw expected("true or false", raw);
        },
        flag -> flag);
  }

  /** The id of something that is installed: never a path or an address. */
  static ValueType<String> name() {
    return new ValueType<>(
        "name",
        JsonSchema.text(NAME.pattern()),
        (raw, findings) -> {
          if (raw instanceof String text && NAME.matcher(text).matches()) {
            return text;
          }
          throw expected(
              "the name of something installed (letters, digits, '.', '_', '-'; no path, no"
                  + " address)",
              raw);
        },
        name -> name);
  }

  static ValueType<String> language() {
    return new ValueType<>(
        "language code or auto",
        JsonSchema.text("auto|" + CODES),
        (raw, findings) -> {
          if (raw instanceof String text && text.strip().equalsIgnoreCase(AUTO_LANGUAGE)) {
            return AUTO_LANGUAGE;
          }
          return languageCode(raw)
              .orElseThrow(
                  () ->
                      expected(
                          "'auto' or a language code of two or three letters such as 'en'", raw));
        },
        code -> code);
  }

  private static Optional<String> languageCode(@Nullable Object raw) {
    String code = raw instanceof String text ? text.strip().toLowerCase(Locale.ROOT) : "";
    return LANGUAGE.matcher(code).matches()
        ? Optional.of(code)
        : Optional.ofNullable(WITH_SCRIPT.get(code));
  }

  /** Codes of languages, each once, in the order given. */
  static ValueType<List<String>> languages() {
    return new ValueType<>(
        "list of language codes",
        JsonSchema.list(JsonSchema.text(CODES), MOST_LANGUAGES),
        (raw, findings) -> {
          Set<String> codes = new LinkedHashSet<>();
          List<?> items = list(raw, "a list of language codes such as [en, vi]", MOST_LANGUAGES);
          for (int i = 0; i < items.size(); i++) {
            Optional<String> code = languageCode(items.get(i));
            if (code.isEmpty()) {
              findings.add(
                  "[" + i + "]",
                  "expected a language code of two or three letters such as 'en', found "
                      + Findings.describe(items.get(i)));
            }
            code.ifPresent(codes::add);
          }
          return List.copyOf(codes);
        },
        codes -> codes);
  }

  static ValueType<String> text(int maxLength) {
    return new ValueType<>(
        "text",
        JsonSchema.text(maxLength),
        (raw, findings) -> {
          return text(raw, maxLength)
              .orElseThrow(() -> expected("a text of 1 to " + maxLength + " characters", raw));
        },
        text -> text);
  }

  static ValueType<List<String>> texts(int maxItems, int maxLength) {
    return new ValueType<>(
        "list of texts",
        JsonSchema.list(JsonSchema.text(maxLength), maxItems),
        (raw, findings) -> {
          List<String> texts = new ArrayList<>();
          for (Object item : list(raw, "a list of texts", maxItems)) {
            Optional<String> text = text(item, maxLength);
            text.ifPresent(texts::add);
            if (text.isEmpty()) {
              findings.add(
                  "[" + texts.size() + "]",
                  "expected a text of 1 to "
                      + maxLength
                      + " characters, found "
                      + Findings.describe(item));
              break;
            }
          }
          return texts;
        },
        texts -> texts);
  }

  static Optional<String> text(@Nullable Object raw, int maxLength) {
    boolean fits = raw instanceof String text && !text.isBlank() && text.length() <= maxLength;
    return fits ? Optional.of(String.valueOf(raw)) : Optional.empty();
  }

  static ValueType<Integer> integer(int min, int max) {
    return new ValueType<>(
        "number from " + min + " to " + max,
        JsonSchema.integer(min, max),
        (raw, findings) -> {
          boolean isWhole = raw instanceof Long || raw instanceof Integer;
          if (isWhole && raw instanceof Number number) {
            long value = number.longValue();
            if (value >= min && value <= max) {
              return (int) value;
            }
          }
          throw expected("a whole number from " + min + " to " + max, raw);
        },
        number -> number);
  }

  /** A number from 0 to 1. */
  static ValueType<Double> ratio() {
    return new ValueType<>(
        "number from 0 to 1",
        JsonSchema.with(JsonSchema.integer(0, 1), "type", "number"),
        (raw, findings) -> {
          if (raw instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            if (exact.signum() >= 0 && exact.compareTo(BigDecimal.ONE) <= 0) {
              return exact.doubleValue();
            }
          }
          throw expected("a number from 0 to 1", raw);
        },
        BigDecimal::valueOf);
  }

  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type, Function<E, String> label) {
    Words<E> words = new Words<>(type, label);
    return new ValueType<>(
        String.join(", ", words.labels()),
        JsonSchema.words(words.labels()),
        (raw, findings) ->
            words.find(raw).orElseThrow(() -> new InvalidValueException(words.refusal(raw))),
        label);
  }

  /** A list of one or more words; repetition is harmless. */
  static <E extends Enum<E>> ValueType<Set<E>> someOf(Class<E> type, Function<E, String> label) {
    Words<E> words = new Words<>(type, label);
    return new ValueType<>(
        words.type().label(),
        JsonSchema.with(words.type().schema(), "minItems", 1),
        (raw, findings) -> {
          Set<E> constants = words.read(raw, findings);
          if (findings.isEmpty() && constants.isEmpty()) {
            findings.add("", "expected at least one of " + words.labels() + ", found none");
          }
          return constants;
        },
        words::written);
  }

  /** A list of words, which may be empty; repetition is harmless. */
  static <E extends Enum<E>> ValueType<Set<E>> anyOf(Class<E> type, Function<E, String> label) {
    return new Words<>(type, label).type();
  }

  /** The words of an enum, as they are written. */
  private record Words<E extends Enum<E>>(Class<E> constants, Function<E, String> label) {

    ValueType<Set<E>> type() {
      return new ValueType<>(
          "list of " + String.join(", ", labels()),
          JsonSchema.list(JsonSchema.words(labels()), MOST_WORDS),
          this::read,
          this::written);
    }

    List<String> labels() {
      return written(EnumSet.allOf(constants));
    }

    List<String> written(Set<E> some) {
      return some.stream().map(label).toList();
    }

    Set<E> read(@Nullable Object raw, Findings findings) throws InvalidValueException {
      Set<E> found = EnumSet.noneOf(constants);
      List<?> items = list(raw, "a list such as " + labels(), MOST_WORDS);
      for (int i = 0; i < items.size(); i++) {
        @Nullable Object item = items.get(i);
        find(item).ifPresent(found::add);
        if (find(item).isEmpty()) {
          findings.add("[" + i + "]", refusal(item));
        }
      }
      return found;
    }

    Optional<E> find(@Nullable Object raw) {
      return Arrays.stream(constants.getEnumConstants())
          .filter(constant -> label.apply(constant).equals(word(raw)))
          .findFirst();
    }

    String refusal(@Nullable Object raw) {
      return "expected one of "
          + labels()
          + ", found "
          + Findings.describe(raw)
          + DidYouMean.suggestion(word(raw), labels());
    }

    private static String word(@Nullable Object raw) {
      return raw instanceof String text ? text.strip().toLowerCase(Locale.ROOT) : "";
    }
  }

  static ValueType<ChannelChoice> channels() {
    return new ValueType<>(
        "word or number",
        JsonSchema.oneOf(
            List.of(
                JsonSchema.words(ChannelChoice.WORDS),
                JsonSchema.text(NUMBER),
                JsonSchema.integer(1, MOST_NUMBER))),
        (raw, findings) ->
            ChannelChoice.of(raw)
                .orElseThrow(
                    () ->
                        expected(
                            "auto, mix, left, right, each, or the number of a channel from 1",
                            raw)),
        ChannelChoice::value);
  }

  static ValueType<TrackChoice> tracks() {
    return new ValueType<>(
        "word, number or language code",
        JsonSchema.oneOf(
            List.of(
                JsonSchema.text("auto|[a-z]{2,3}|" + NUMBER), JsonSchema.integer(1, MOST_NUMBER))),
        (raw, findings) ->
            TrackChoice.of(raw)
                .orElseThrow(
                    () ->
                        expected(
                            "auto, all, the number of a track from 1, or a language code of two or"
                                + " three letters",
                            raw)),
        TrackChoice::value);
  }

  private static List<?> list(@Nullable Object raw, String expectation, int maxItems)
      throws InvalidValueException {
    if (!(raw instanceof List<?> list)) {
      throw expected(expectation, raw);
    }
    if (list.size() > maxItems) {
      throw new InvalidValueException(
          "expected at most " + maxItems + " items, found " + list.size());
    }
    return list;
  }

  static InvalidValueException expected(String expectation, @Nullable Object found) {
    return new InvalidValueException(
        "expected " + expectation + ", found " + Findings.describe(found));
  }
}
