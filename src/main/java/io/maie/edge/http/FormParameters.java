package io.maie.edge.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.request.ParameterKey;
import io.maie.edge.request.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters as clients send them in a form: lists as repeated fields, JSON arrays or separated by
 * commas; truth as one of several words. What a value may be is decided by the one validator of
 * {@code request}.
 */
final class FormParameters {
  /** The field that holds all parameters as one JSON object; other fields win. */
  static final String WHOLE = "parameters";

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  private static final List<String> TRUE = List.of("true", "1", "yes", "y", "on", "t");
  private static final List<String> FALSE = List.of("false", "0", "no", "n", "off", "f");

  private FormParameters() {}

  /**
   * The values by key, as a sidecar has them.
   *
   * @param form the texts of each field, in the order in which they came
   * @throws Trouble 422 if a JSON text is none
   */
  static Map<String, @Nullable Object> read(Map<String, List<String>> form) throws Trouble {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String text : form.getOrDefault(WHOLE, List.of())) {
      values.putAll(object(WHOLE, text));
    }
    for (Map.Entry<String, List<String>> field : form.entrySet()) {
      if (!field.getKey().equals(WHOLE)) {
        values.put(field.getKey(), value(field.getKey(), field.getValue()));
      }
    }
    return values;
  }

  private static @Nullable Object value(String key, List<String> texts) throws Trouble {
    String last = texts.get(texts.size() - 1).strip();
    ParameterKey known =
        ParameterKey.labels().contains(key)
            ? ParameterKey.valueOf(key.toUpperCase(Locale.ROOT))
            : null;
    if (known == null) {
      return last;
    }
    return switch (known) {
      case FEATURES, OUTPUT_FORMATS, VOCABULARY -> list(key, texts);
      case TRANSLATE, ENABLE_VAD, ENABLE_DIARIZATION -> flag(last);
      case NUM_SPEAKERS, MIN_SPEAKERS, MAX_SPEAKERS, PRIORITY, VAD_THRESHOLD -> number(last);
      case METADATA -> object(key, last);
      case ASR_BACKEND -> last.toLowerCase(Locale.ROOT);
      case TEMPLATE_ID, ASR_MODEL, LANGUAGE, INITIAL_PROMPT -> last.isEmpty() ? null : last;
    };
  }

  private static List<String> list(String key, List<String> texts) throws Trouble {
    List<String> items = new ArrayList<>();
    for (String text : texts) {
      if (text.strip().startsWith("[")) {
        try {
          items.addAll(MAPPER.readValue(text, new TypeReference<List<String>>() {}));
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

  private static Map<String, @Nullable Object> object(String key, String text) throws Trouble {
    try {
      return MAPPER.readValue(text, OBJECT);
    } catch (JsonProcessingException e) {
      throw notJson(key, "an object");
    }
  }

  private static Trouble notJson(String key, String expected) {
    return Trouble.ofFields(
        List.of(new Problem("form", key, "expected " + expected + " in JSON, found something else")));
  }
}
