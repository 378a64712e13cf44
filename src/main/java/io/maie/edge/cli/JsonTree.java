package io.maie.edge.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value read with nothing but Jackson's parser: binding to records takes a quarter of a
 * second of processor time at start, which {@code status} and {@code health} cannot spare.
 *
 * @param value a map, a list, a string, a Long, a Double, a Boolean or null
 */
record JsonTree(@Nullable Object value) {

  static JsonTree read(byte[] json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      return new JsonTree(valueAt(parser));
    }
  }

  private static @Nullable Object valueAt(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("Expected a JSON value, found the end");
    }
    return switch (token) {
      case START_OBJECT -> objectAt(parser);
      case START_ARRAY -> arrayAt(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IOException("Expected a JSON value, found " + token);
    };
  }

  private static Map<String, @Nullable Object> objectAt(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      object.put(key, valueAt(parser));
    }
    return object;
  }

  private static List<@Nullable Object> arrayAt(JsonParser parser) throws IOException {
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(valueAt(parser));
    }
    return array;
  }

  boolean isNull() {
    return value == null;
  }

  /** The value of {@code key}; null's tree if there is none. */
  JsonTree at(String key) {
    return value instanceof Map<?, ?> object ? new JsonTree(object.get(key)) : new JsonTree(null);
  }

  /** The elements of an array; none if it is no array. */
  List<JsonTree> elements() {
    List<JsonTree> trees = new ArrayList<>();
    if (value instanceof List<?> array) {
      for (Object element : array) {
        trees.add(new JsonTree(element));
      }
    }
    return trees;
  }

  String text() throws IOException {
    if (value instanceof String text) {
      return text;
    }
    throw new IOException("Expected a text, found " + value);
  }

  @Nullable String textOrNull() throws IOException {
    return value == null ? null : text();
  }

  long integer() throws IOException {
    if (value instanceof Long number) {
      return number;
    }
    throw new IOException("Expected a whole number, found " + value);
  }

  @Nullable Long integerOrNull() throws IOException {
    return value == null ? null : Long.valueOf(integer());
  }

  double number() throws IOException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IOException("Expected a number, found " + value);
  }

  @Nullable Double numberOrNull() throws IOException {
    return value == null ? null : Double.valueOf(number());
  }

  boolean flag() throws IOException {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new IOException("Expected true or false, found " + value);
  }
}
