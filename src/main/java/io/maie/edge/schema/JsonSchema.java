package io.maie.edge.schema;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Descriptions of values in JSON Schema, for editors and other programs. */
public final class JsonSchema {
  private static final String TYPE = "type";

  private JsonSchema() {}

  /** A value of one kind, such as {@code boolean}. */
  public static Map<String, Object> type(String type) {
    return Map.of(TYPE, type);
  }

  /** A text of at least one character. */
  public static Map<String, Object> text(int longest) {
    return with(with(type("string"), "minLength", 1), "maxLength", longest);
  }

  /** A text that matches {@code expression} as a whole. */
  public static Map<String, Object> text(String expression) {
    return with(type("string"), "pattern", whole(expression));
  }

  /** A whole number in a range, ends included. */
  public static Map<String, Object> integer(int least, int most) {
    return with(with(type("integer"), "minimum", least), "maximum", most);
  }

  /** A number in a range, ends included. */
  static Map<String, Object> number(BigDecimal least, BigDecimal most) {
    return with(with(type("number"), "minimum", least), "maximum", most);
  }

  /** One of several words. */
  public static Map<String, Object> words(List<?> words) {
    return Map.of("enum", words);
  }

  public static Map<String, Object> list(Map<String, Object> items, int most) {
    return with(with(type("array"), "maxItems", most), "items", items);
  }

  /** An object with no other keys than these. */
  public static Map<String, Object> object(Map<String, Object> properties) {
    return with(with(type("object"), "additionalProperties", false), "properties", properties);
  }

  /** Texts by keys that match {@code expression}. */
  public static Map<String, Object> texts(String expression, Map<String, Object> values) {
    return with(
        with(type("object"), "additionalProperties", false),
        "patternProperties",
        Map.of(whole(expression), values));
  }

  /** A value of exactly one of these kinds. */
  public static Map<String, Object> oneOf(List<Map<String, Object>> kinds) {
    return Map.of("oneOf", kinds);
  }

  /** A value of at least one of these kinds. */
  public static Map<String, Object> anyOf(List<Map<String, Object>> kinds) {
    return Map.of("anyOf", kinds);
  }

  /** The same, or null. */
  public static Map<String, Object> orNull(Map<String, Object> schema) {
    return with(schema, TYPE, List.of(schema.getOrDefault(TYPE, "string"), "null"));
  }

  /** The same with another keyword. */
  public static Map<String, Object> with(Map<String, Object> schema, String keyword, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(schema);
    more.put(keyword, value);
    return Collections.unmodifiableMap(more);
  }

  private static String whole(String expression) {
    return "^(" + expression + ")$";
  }
}
