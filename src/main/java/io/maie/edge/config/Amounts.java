package io.maie.edge.config;

import static java.util.stream.Collectors.joining;

import io.maie.edge.schema.InvalidValueException;
import io.maie.edge.schema.JsonSchema;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Durations and sizes with their units: {@code 30s}, {@code 10min}, {@code 4GB}. */
final class Amounts {
  private static final String NUMBER = "([0-9]{1,15}(?:\\.[0-9]{1,9})?)";
  private static final Pattern AMOUNT = Pattern.compile(NUMBER + " ?([A-Za-z]+)");

  /** At least one digit that is no zero. */
  private static final String ABOVE_ZERO = "(?=[0-9.]*[1-9])";

  /** In milliseconds. */
  private static final List<Unit> DURATIONS =
      List.of(
          new Unit("ms", 1),
          new Unit("s", 1_000),
          new Unit("min", 60_000),
          new Unit("h", 3_600_000),
          new Unit("d", 86_400_000));

  /** In bytes, as disks are sold. */
  private static final List<Unit> SIZES =
      List.of(
          new Unit("B", 1),
          new Unit("KB", 1_000),
          new Unit("MB", 1_000_000),
          new Unit("GB", 1_000_000_000),
          new Unit("TB", 1_000_000_000_000L));

  /** In bytes, as memory is counted; read, never written. */
  private static final List<Unit> BINARY_SIZES =
      List.of(
          new Unit("KiB", 1L << 10),
          new Unit("MiB", 1L << 20),
          new Unit("GiB", 1L << 30),
          new Unit("TiB", 1L << 40));

  /** Amounts with their units, in JSON Schema. */
  static final Map<String, Object> DURATION = schema(DURATIONS, "", "30s");

  static final Map<String, Object> POSITIVE_DURATION = schema(DURATIONS, ABOVE_ZERO, "30s");

  static final Map<String, Object> SIZE =
      schema(Stream.concat(SIZES.stream(), BINARY_SIZES.stream()).toList(), ABOVE_ZERO, "4GB");

  private Amounts() {}

  private static Map<String, Object> schema(List<Unit> units, String condition, String example) {
    String labels = units.stream().map(Unit::label).collect(joining("|"));
    return JsonSchema.with(
        JsonSchema.text(condition + NUMBER + " ?(" + labels + ")"), "examples", List.of(example));
  }

  /** A hundred years: far beyond every use, and far below what nanoseconds can count in a long. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private record Unit(String label, long factor) {}

  static Duration duration(@Nullable Object raw) throws InvalidValueException {
    long millis =
        amount(raw, DURATIONS)
            .orElseThrow(
                () ->
                    InvalidValueException.expected(
                        "a duration with its unit (ms, s, min, h, d), such as 30s or 7d", raw));
    if (millis > LONGEST.toMillis()) {
      throw InvalidValueException.expected("at most " + format(LONGEST), raw);
    }
    return Duration.ofMillis(millis);
  }

  /** 1 or more. */
  static long bytes(@Nullable Object raw) throws InvalidValueException {
    return amount(raw, SIZES)
        .or(() -> amount(raw, BINARY_SIZES))
        .filter(bytes -> bytes > 0)
        .orElseThrow(
            () ->
                InvalidValueException.expected(
                    "a size above zero with its unit (B, KB, MB, GB, TB), such as 50MB or 4GB",
                    raw));
  }

  private static Optional<Long> amount(@Nullable Object raw, List<Unit> units) {
    Matcher matcher = AMOUNT.matcher(String.valueOf(raw).strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    return units.stream()
        .filter(unit -> unit.label.equals(matcher.group(2)))
        .map(unit -> number.multiply(BigDecimal.valueOf(unit.factor)))
        .filter(Amounts::fits)
        .map(BigDecimal::longValueExact)
        .findFirst();
  }

  private static boolean fits(BigDecimal amount) {
    boolean whole = amount.stripTrailingZeros().scale() <= 0;
    return whole && amount.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
  }

  static String format(Duration duration) {
    return duration.isZero() ? "0s" : format(duration.toMillis(), DURATIONS);
  }

  static String format(long bytes) {
    return format(bytes, SIZES);
  }

  /** In the largest unit that leaves a whole number. */
  private static String format(long amount, List<Unit> units) {
    Unit best = units.get(0);
    for (Unit unit : units) {
      if (amount % unit.factor == 0) {
        best = unit;
      }
    }
    return amount / best.factor + best.label;
  }
}
