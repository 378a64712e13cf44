package io.maie.edge.result;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes fields in the one way results have: texts in NFC, absent values as absent keys, seconds
 * and ratios with three decimals, instants in UTC with milliseconds.
 */
final class JsonFields {
  private static final int DECIMALS = 3;

  private final JsonGenerator json;

  JsonFields(JsonGenerator json) {
    this.json = json;
  }

  /** Writes one value, or the body of one object or array. */
  @FunctionalInterface
  interface Body {
    void write() throws IOException;
  }

  /** Writes one item of an array. */
  @FunctionalInterface
  interface Item<T> {
    void write(T item, int index) throws IOException;
  }

  void object(String key, Body body) throws IOException {
    json.writeFieldName(key);
    object(body);
  }

  void object(Body body) throws IOException {
    json.writeStartObject();
    body.write();
    json.writeEndObject();
  }

  <T> void array(String key, Collection<T> items, Item<T> item) throws IOException {
    json.writeArrayFieldStart(key);
    int index = 0;
    for (T each : items) {
      item.write(each, index++);
    }
    json.writeEndArray();
  }

  void text(String key, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(key, normalized(value));
    }
  }

  void integer(String key, long value) throws IOException {
    json.writeNumberField(key, value);
  }

  void flag(String key, boolean value) throws IOException {
    json.writeBooleanField(key, value);
  }

  /** A number that is not an exact time: a ratio, a probability, seconds measured. */
  void decimal(String key, double value) throws IOException {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "expected a finite number for " + key + ", found " + value);
    }
    json.writeNumberField(key, BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP));
  }

  /** A time given in samples, rounded once and exactly. */
  void seconds(String key, long samples) throws IOException {
    json.writeNumberField(key, Seconds.ofSamples(samples));
  }

  void seconds(String key, Duration duration) throws IOException {
    json.writeNumberField(
        key, BigDecimal.valueOf(duration.toNanos(), 9).setScale(DECIMALS, RoundingMode.HALF_UP));
  }

  void instant(String key, @Nullable Instant value) throws IOException {
    if (value != null) {
      json.writeStringField(key, Timestamps.utc(value));
    }
  }

  /** Any JSON value; the keys of maps in their order. */
  void value(String key, @Nullable Object value) throws IOException {
    json.writeFieldName(key);
    write(value, true);
  }

  /** Any JSON value; the keys of maps in alphabetical order, for maps without an order. */
  void sorted(String key, Map<String, ?> value) throws IOException {
    json.writeFieldName(key);
    write(sorted(value), true);
  }

  /** Any JSON value as it is: what a sender wrote is returned to the letter. */
  void untouched(String key, Object value) throws IOException {
    json.writeFieldName(key);
    write(value, false);
  }

  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, inner) -> sorted.put(String.valueOf(key), sorted(inner)));
      return sorted;
    }
    return value;
  }

  private void write(@Nullable Object value, boolean normalize) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(entry.getValue(), normalize);
      }
      json.writeEndObject();
    } else if (value instanceof Collection<?> items) {
      json.writeStartArray();
      for (Object item : items) {
        write(item, normalize);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Number number) {
      write(number);
    } else {
      json.writeString(normalize ? normalized(value.toString()) : value.toString());
    }
  }

  private void write(Number number) throws IOException {
    if (number instanceof BigInteger integer) {
      json.writeNumber(integer);
    } else if (number instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (number instanceof Double || number instanceof Float) {
      // through the text, so that a float of 0.1 stays 0.1; refuses NaN and the infinities
      json.writeNumber(new BigDecimal(number.toString()));
    } else {
      json.writeNumber(number.longValue());
    }
  }

  /** NFC; what no encoding can write becomes the replacement character. */
  static String normalized(String text) {
    boolean isWhole = StandardCharsets.UTF_8.newEncoder().canEncode(text);
    String whole =
        isWhole
            ? text
            : text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    return Normalizer.normalize(whole, Normalizer.Form.NFC);
  }
}
