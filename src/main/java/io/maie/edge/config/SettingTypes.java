package io.maie.edge.config;

import io.maie.edge.daemon.WorkingHours;
import io.maie.edge.modelfile.hub.HubAddress;
import io.maie.edge.schema.DidYouMean;
import io.maie.edge.schema.InvalidValueException;
import io.maie.edge.schema.ValueType;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kinds of values that settings have. */
final class SettingTypes {
  private static final String OFF = "off";
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private SettingTypes() {}

  static ValueType<Duration> duration() {
    return ValueType.of("duration", Amounts::duration, Amounts::format);
  }

  /** A duration above zero. */
  static ValueType<Duration> positiveDuration() {
    return ValueType.of(
        "duration",
        raw -> {
          Duration duration = Amounts.duration(raw);
          if (duration.isZero()) {
            throw InvalidValueException.expected("a duration above zero", raw);
          }
          return duration;
        },
        Amounts::format);
  }

  /** A duration in a range, ends included. */
  static ValueType<Duration> duration(Duration min, Duration max) {
    String range = "duration from %s to %s".formatted(Amounts.format(min), Amounts.format(max));
    return ValueType.of(
        range,
        raw -> {
          Duration duration = Amounts.duration(raw);
          if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
            throw InvalidValueException.expected("a " + range, raw);
          }
          return duration;
        },
        Amounts::format);
  }

  /** A size in bytes, 1 or more. */
  static ValueType<Long> size() {
    return ValueType.of("size", Amounts::bytes, Amounts::format);
  }

  /** A value, or the word {@code off}. */
  static <T> ValueType<Optional<T>> orOff(ValueType<T> type) {
    return new ValueType<>(
        type.label() + " or off",
        Map.of(),
        (raw, findings) -> isOff(raw) ? Optional.empty() : Optional.of(type.read(raw, findings)),
        value -> value.<Object>map(type::write).orElse(OFF));
  }

  /** YAML writers mean the same by both. */
  private static boolean isOff(@Nullable Object raw) {
    return OFF.equals(raw) || Boolean.FALSE.equals(raw);
  }

  static ValueType<WorkingHours> workingHours() {
    return ValueType.of(
        "hours, as 22:00-06:00",
        raw -> {
          try {
            return WorkingHours.parse(raw.toString());
          } catch (DateTimeParseException e) {
            throw InvalidValueException.expected("hours such as 22:00-06:00", raw);
          }
        },
        WorkingHours::toString);
  }

  static ValueType<Boolean> flag() {
    return ValueType.of(
        "true or false",
        raw -> {
          if (raw instanceof Boolean flag) {
            return flag;
          }
          return switch (String.valueOf(raw)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw InvalidValueException.expected("true or false", raw);
          };
        },
        String::valueOf);
  }

  static ValueType<Integer> integer(int min, int max) {
    return ValueType.of(
        "number from " + min + " to " + max,
        raw -> {
          try {
            int number = new BigDecimal(raw.toString()).intValueExact();
            if (number >= min && number <= max) {
              return number;
            }
          } catch (ArithmeticException | NumberFormatException e) {
            // the sentence below says it
          }
          throw InvalidValueException.expected("a whole number from " + min + " to " + max, raw);
        },
        String::valueOf);
  }

  /** A number from 1, or {@code auto}, which is 0 here. */
  static ValueType<Integer> integerOrAuto(int max) {
    ValueType<Integer> number = integer(1, max);
    return new ValueType<>(
        number.label() + ", or auto",
        Map.of(),
        (raw, findings) -> "auto".equals(raw) ? 0 : number.read(raw, findings),
        value -> value == 0 ? "auto" : value.toString());
  }

  /** A number with decimals. */
  static ValueType<Double> decimal(double min, double max) {
    String range = "number from " + plain(min) + " to " + plain(max);
    return ValueType.of(
        range,
        raw -> {
          try {
            double number = new BigDecimal(raw.toString().strip()).doubleValue();
            if (number >= min && number <= max) {
              return number;
            }
          } catch (NumberFormatException e) {
            // the sentence below says it
          }
          throw InvalidValueException.expected("a " + range, raw);
        },
        SettingTypes::plain);
  }

  /** One number or more, each above the one before, as a list or separated by commas. */
  static ValueType<List<Double>> ascendingDecimals(double min, double max) {
    ValueType<Double> number = decimal(min, max);
    return new ValueType<>(
        "list of ascending numbers from " + plain(min) + " to " + plain(max),
        Map.of(),
        (raw, findings) -> {
          List<Double> numbers = new ArrayList<>();
          for (Object item : items(raw)) {
            double value = number.read(item, findings);
            if (!numbers.isEmpty() && value <= numbers.get(numbers.size() - 1)) {
              throw InvalidValueException.expected("ascending numbers", raw);
            }
            numbers.add(value);
          }
          if (numbers.isEmpty()) {
            throw InvalidValueException.expected("one number or more", raw);
          }
          return List.copyOf(numbers);
        },
        numbers ->
            "[" + String.join(", ", numbers.stream().map(SettingTypes::plain).toList()) + "]");
  }

  /** Variables and flags are texts, with or without the brackets of a list. */
  private static List<?> items(@Nullable Object raw) {
    return raw instanceof List<?> list
        ? list
        : List.of(String.valueOf(raw).strip().replaceAll("^\\[|\\]$", "").split(",", -1));
  }

  /** The same of texts, which may hold commas in quotation marks within the brackets. */
  private static List<?> textItems(Object raw) {
    String text = raw.toString().strip();
    boolean isBracketed = text.startsWith("[") && text.endsWith("]");
    Object value = isBracketed && raw instanceof String ? YamlText.meaning("list", text) : raw;
    return value instanceof List<?> list ? list : List.of(text.split(",", -1));
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** A share, written in percent. */
  static ValueType<Double> percent() {
    return ValueType.of(
        "percent",
        raw -> {
          String text = raw.toString().strip();
          try {
            BigDecimal percent = new BigDecimal(text.substring(0, Math.max(0, text.length() - 1)));
            boolean isShare = percent.signum() >= 0 && percent.compareTo(HUNDRED) <= 0;
            if (text.endsWith("%") && isShare) {
              return percent.divide(HUNDRED).doubleValue();
            }
          } catch (NumberFormatException e) {
            // the sentence below says it
          }
          throw InvalidValueException.expected("a share from 0% to 100%, such as 80%", raw);
        },
        share ->
            BigDecimal.valueOf(share).multiply(HUNDRED).stripTrailingZeros().toPlainString() + "%");
  }

  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    Function<E, String> label = constant -> constant.name().toLowerCase(Locale.ROOT);
    List<String> words = Arrays.stream(type.getEnumConstants()).map(label).toList();
    return ValueType.of(
        String.join(", ", words),
        raw -> {
          String word = raw.toString().toLowerCase(Locale.ROOT);
          for (E constant : type.getEnumConstants()) {
            if (label.apply(constant).equals(word)) {
              return constant;
            }
          }
          throw new InvalidValueException(
              "expected one of "
                  + words
                  + ", found '"
                  + raw
                  + "'"
                  + DidYouMean.suggestion(word, words));
        },
        label);
  }

  /** A path as written; it is resolved where it is used. */
  static ValueType<Path> path() {
    return ValueType.of(
        "path",
        raw -> {
          try {
            if (raw instanceof String text && !text.isBlank()) {
              return Path.of(text);
            }
          } catch (InvalidPathException e) {
            // the sentence below says it
          }
          throw InvalidValueException.expected("a path", raw);
        },
        Path::toString);
  }

  /** A text without line breaks. */
  static ValueType<String> text() {
    return ValueType.of(
        "text",
        raw -> {
          if (raw instanceof String text && !text.isBlank() && text.lines().count() == 1) {
            return text;
          }
          throw InvalidValueException.expected("a text in one line", raw);
        },
        text -> text);
  }

  /** The address of a hub of models. */
  static ValueType<HubAddress> hubAddress() {
    return ValueType.of(
        "web address",
        raw -> {
          try {
            return HubAddress.parse(raw.toString());
          } catch (IllegalArgumentException e) {
            throw InvalidValueException.expected(
                "an address such as " + HubAddress.HUGGING_FACE,
                HubAddress.withoutPassword(raw.toString()));
          }
        },
        HubAddress::toString);
  }

  /** The address of a server on the network, without a slash at the end. */
  static ValueType<URI> serverAddress() {
    return ValueType.of(
        "web address",
        raw -> {
          try {
            URI address = new URI(raw.toString().strip().replaceAll("/+$", ""));
            boolean isWeb =
                "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            boolean isPlain = address.getUserInfo() == null && address.getQuery() == null;
            if (isWeb && isPlain && address.getHost() != null && address.getFragment() == null) {
              return address;
            }
          } catch (URISyntaxException e) {
            // the sentence below says it
          }
          throw InvalidValueException.expected(
              "an address such as http://192.168.1.10:8080/v1",
              HubAddress.withoutPassword(raw.toString()));
        },
        URI::toString);
  }

  /** The name of a folder, or {@code auto}. */
  static ValueType<Optional<String>> nameOrAuto() {
    return ValueType.of(
        "name or auto",
        raw -> {
          if (raw instanceof String text && text.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            return text.equals("auto") ? Optional.empty() : Optional.of(text);
          }
          throw InvalidValueException.expected("the name of a folder, or auto", raw);
        },
        name -> name.orElse("auto"));
  }

  /** Texts as a list, or separated by commas. */
  static ValueType<List<String>> texts() {
    return ValueType.of(
        "list of texts",
        raw -> {
          List<String> texts = new ArrayList<>();
          for (Object item : textItems(raw)) {
            if (!(item instanceof String text) || text.isBlank()) {
              throw InvalidValueException.expected("a list of texts", raw);
            }
            texts.add(text.strip());
          }
          return List.copyOf(texts);
        },
        texts -> "[" + String.join(", ", texts.stream().map(YamlText::quoted).toList()) + "]");
  }
}
