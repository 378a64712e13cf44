package io.maie.edge.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.maie.edge.request.Parameter;
import io.maie.edge.request.Parameters;
import io.maie.edge.schema.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters as clients send them in a form: lists as repeated fields, JSON arrays or separated by
 * commas; truth as one of several words; an empty field or list as if it were not there. The schema
 * of a parameter tells whether it is a list, a number or a flag; the validator of {@code request}
 * decides which values are allowed.
 */
final class FormParameters {
  /** The field that holds all parameters as one JSON object; other fields win. */
  static final String WHOLE = "parameters";

  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  /** Opens and closes JSON as language models write it. */
  private static final String FENCE = "```";

  private static final List<String> TRUE = List.of("true", "1", "yes", "y", "on", "t");
  private static final List<String> FALSE = List.of("false", "0", "no", "n", "off", "f");

  /** Ways from the text of a field to a value. */
  private enum Shape {
    LIST,
    FLAG,
    NUMBER,
    OBJECT,
    /** One of several words. */
    WORD,
    TEXT
  }

  private FormParameters() {}

  /**
   * The values by key, as a sidecar has them.
   *
   * @param form the texts of each field, in the order in which they came
   * @throws ProblemException 422 if a JSON text is none
   */
  static Map<String, @Nullable Object> read(Map<String, List<String>> form)
      throws ProblemException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String text : form.getOrDefault(WHOLE, List.of())) {
      values.putAll(object(WHOLE, text));
    }
    for (Map.Entry<String, List<String>> field : form.entrySet()) {
      boolean isEmpty = field.getValue().stream().allMatch(String::isBlank);
      if (!field.getKey().equals(WHOLE) && !isEmpty) {
        Object value = value(field.getKey(), field.getValue());
        if (!value.equals(List.of())) {
          values.put(field.getKey(), value);
        }
      }
    }
    return values;
  }

  private static Object value(String key, List<String> texts) throws ProblemException {
    String last = texts.get(texts.size() - 1).strip();
    return switch (shape(key)) {
      case LIST -> list(key, texts);
      case FLAG -> flag(last);
      case NUMBER -> number(last);
      case OBJECT -> object(key, last);
      case WORD -> last.toLowerCase(Locale.ROOT);
      case TEXT -> last;
    };
  }

  private static Shape shape(String key) {
    @Nullable Parameter<?> parameter = Parameters.all().get(key);
    Map<String, Object> schema = parameter == null ? Map.of() : parameter.key().type().schema();
    Object type = schema.getOrDefault("type", "");
    return switch (String.valueOf(type instanceof List<?> types ? types.get(0) : type)) {
      case "array" -> Shape.LIST;
      case "boolean" -> Shape.FLAG;
      case "number", "integer" -> Shape.NUMBER;
      case "object" -> Shape.OBJECT;
      default -> schema.containsKey("enum") ? Shape.WORD : Shape.TEXT;
    };
  }

  private static List<String> list(String key, List<String> texts) throws ProblemException {
    List<String> items = new ArrayList<>();
    for (String sent : texts) {
      String text = unfenced(sent.strip());
      if (text.startsWith("[")) {
        try {
          items.addAll(Answers.MAPPER.readValue(text, new TypeReference<List<String>>() {}));
        } catch (JsonProcessingException e) {
          throw notJson(key, "an array of texts");
        }
      } else {
        for (String item : text.split(",", -1)) {
          items.add(item.strip());
        }
      }
    }
    return items.stream().filter(item -> !item.isEmpty()).toList();
  }

  /** The array between fences, whatever language the first of them names. */
  private static String unfenced(String text) {
    int array = text.indexOf('[');
    boolean isFenced = text.startsWith(FENCE) && text.endsWith(FENCE) && array > 0;
    return isFenced ? text.substring(array, text.length() - FENCE.length()) : text;
  }

  /** A word that says neither stays a text, for the validator to name. */
  private static Object flag(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (TRUE.contains(word)) {
      return true;
    }
    return FALSE.contains(word) ? (Object) false : text;
  }

  private static Object number(String text) {
    try {
      return text.matches("-?\\d{1,9}") ? (Object) Integer.valueOf(text) : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static Map<String, @Nullable Object> object(String key, String text)
      throws ProblemException {
    try {
      return Answers.MAPPER.readValue(text, OBJECT);
    } catch (JsonProcessingException e) {
      throw notJson(key, "an object");
    }
  }

  private static ProblemException notJson(String key, String expected) {
    return ProblemException.ofFields(
        List.of(
            new Problem("form", key, "expected " + expected + " in JSON, found something else")));
  }
}
