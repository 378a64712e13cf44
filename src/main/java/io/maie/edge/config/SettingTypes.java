package io.maie.edge.config;

import io.maie.edge.daemon.WorkingHours;
import io.maie.edge.modelfile.hub.HubAddress;
import io.maie.edge.schema.InvalidValueException;
import io.maie.edge.schema.JsonSchema;
import io.maie.edge.schema.Types;
import io.maie.edge.schema.ValueType;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of values that only settings have. */
final class SettingTypes {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)%");
  private static final int MOST_ITEMS = 1_000;
  private static final int LONGEST_ITEM = 10_000;

  /** The time of a day. */
  private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

  private static final Map<String, Object> ADDRESS = JsonSchema.text("https?://[^@?#\\s]+");

  private SettingTypes() {}

  static ValueType<Duration> duration() {
    return new ValueType<>(
        "duration", Amounts.DURATION, (raw, findings) -> Amounts.duration(raw), Amounts::format);
  }

  /** A duration above zero. */
  static ValueType<Duration> positiveDuration() {
    return new ValueType<>(
        "duration",
        Amounts.POSITIVE_DURATION,
        (raw, findings) -> {
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
    return new ValueType<>(
        range,
        Amounts.POSITIVE_DURATION,
        (raw, findings) -> {
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
    return new ValueType<>(
        "size", Amounts.SIZE, (raw, findings) -> Amounts.bytes(raw), Amounts::format);
  }

  static ValueType<WorkingHours> workingHours() {
    return new ValueType<>(
        "hours, as 22:00-06:00",
        JsonSchema.text(TIME + "-" + TIME),
        (raw, findings) -> {
          try {
            return WorkingHours.parse(String.valueOf(raw));
          } catch (DateTimeParseException e) {
            throw InvalidValueException.expected("hours such as 22:00-06:00", raw);
          }
        },
        WorkingHours::toString);
  }

  /** A number from 1, or {@code auto}, which is 0 here. */
  static ValueType<Integer> integerOrAuto(int max) {
    return Types.orAuto(Types.integer(1, max))
        .as(number -> number.orElse(0), number -> Optional.of(number).filter(each -> each > 0));
  }

  /** Numbers, each above the one before; at least one. */
  static ValueType<List<Double>> ascendingDecimals(double min, double max) {
    ValueType<Double> number = Types.decimal(min, max);
    String label = number.label().replaceFirst("^number", "list of ascending numbers");
    ValueType<List<Double>> numbers = Types.atLeastOne(Types.list(label, number, MOST_ITEMS));
    return new ValueType<>(
        label,
        numbers.schema(),
        (raw, findings) -> {
          List<Double> read = numbers.read(raw, findings);
          for (int i = 1; findings.isEmpty() && i < read.size(); i++) {
            if (read.get(i) <= read.get(i - 1)) {
              findings.add(
                  "[" + i + "]", "expected a number above the one before, found " + read.get(i));
            }
          }
          return read;
        },
        numbers::write);
  }

  /** A share, written in percent. */
  static ValueType<Double> percent() {
    return new ValueType<>(
        "percent",
        JsonSchema.text("(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)%"),
        (raw, findings) -> {
          Matcher written = PERCENT.matcher(String.valueOf(raw).strip());
          if (written.matches()) {
            BigDecimal percent = new BigDecimal(written.group(1));
            if (percent.compareTo(HUNDRED) <= 0) {
              return percent.divide(HUNDRED).doubleValue();
            }
          }
          throw InvalidValueException.expected("a share from 0% to 100%, such as 80%", raw);
        },
        share ->
            BigDecimal.valueOf(share).multiply(HUNDRED).stripTrailingZeros().toPlainString() + "%");
  }

  /** A path as written; it is resolved where it is used. */
  static ValueType<Path> path() {
    return new ValueType<>(
        "path",
        JsonSchema.with(JsonSchema.type("string"), "pattern", "\\S"),
        (raw, findings) -> {
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

  /** The address of a hub of models. */
  static ValueType<HubAddress> hubAddress() {
    return new ValueType<>(
        "web address",
        ADDRESS,
        (raw, findings) -> {
          try {
            return HubAddress.parse(String.valueOf(raw));
          } catch (IllegalArgumentException e) {
            throw notAnAddress(HubAddress.HUGGING_FACE.toString(), raw);
          }
        },
        HubAddress::toString);
  }

  /** The address of a server on the network, without a slash at the end. */
  static ValueType<URI> serverAddress() {
    return new ValueType<>(
        "web address",
        ADDRESS,
        (raw, findings) -> {
          try {
            URI address = new URI(String.valueOf(raw).strip().replaceAll("/+$", ""));
            boolean isWeb =
                "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            boolean isPlain = address.getUserInfo() == null && address.getQuery() == null;
            if (isWeb && isPlain && address.getHost() != null && address.getFragment() == null) {
              return address;
            }
          } catch (URISyntaxException e) {
            // the sentence below says it
          }
          throw notAnAddress("http://192.168.1.10:8080/v1", raw);
        },
        URI::toString);
  }

  private static InvalidValueException notAnAddress(String example, @Nullable Object raw) {
    return InvalidValueException.expected(
        "an address such as " + example, HubAddress.withoutPassword(String.valueOf(raw)));
  }

  /** Texts as a list, or separated by commas. */
  static ValueType<List<String>> texts() {
    return Types.list("list of texts", Types.text(LONGEST_ITEM), MOST_ITEMS)
        .as(texts -> texts.stream().map(String::strip).toList(), texts -> texts);
  }
}
