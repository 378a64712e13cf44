package io.maie.edge.request;

import io.maie.edge.schema.Findings;
import io.maie.edge.schema.InvalidValueException;
import io.maie.edge.schema.JsonSchema;
import io.maie.edge.schema.Types;
import io.maie.edge.schema.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kinds of objects that {@link Parameters} have; {@link ParameterTypes} has the others. */
final class ObjectTypes {
  private static final String SPEAKER = "S[1-9][0-9]{0,2}";
  private static final int MOST_NAMES = 100;
  private static final ValueType<String> NAME = Types.text(100);

  private ObjectTypes() {}

  /** Names by the ids of speakers. */
  static ValueType<Map<String, String>> speakerNames() {
    return new ValueType<>(
        "object with names by speaker",
        JsonSchema.with(JsonSchema.texts(SPEAKER, NAME.schema()), "maxProperties", MOST_NAMES),
        ObjectTypes::speakerNames,
        names -> names);
  }

  private static Map<String, String> speakerNames(@Nullable Object raw, Findings findings)
      throws InvalidValueException {
    if (!(raw instanceof Map<?, ?> map) || map.size() > MOST_NAMES) {
      throw InvalidValueException.expected("an object such as {\"S1\": \"Anna\"}", raw);
    }
    Map<String, String> names = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String id = String.valueOf(entry.getKey());
      Findings part = findings.part("." + id);
      if (id.matches(SPEAKER)) {
        part.read(NAME, entry.getValue()).ifPresent(name -> names.put(id, name.strip()));
      } else {
        part.add("", "expected the id of a speaker such as S1 as key");
      }
    }
    return names;
  }

  private static int depth(@Nullable Object value) {
    boolean isContainer = value instanceof Map || value instanceof List;
    int below = children(value).stream().mapToInt(ObjectTypes::depth).max().orElse(0);
    return isContainer ? below + 1 : 0;
  }

  private static int values(@Nullable Object value) {
    return 1 + children(value).stream().mapToInt(ObjectTypes::values).sum();
  }

  private static List<?> children(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new ArrayList<>(map.values());
    }
    return value instanceof List<?> list ? list : List.of();
  }

  /** Any JSON object within limits; returned as it came. */
  static ValueType<Map<String, Object>> object(int maxDepth, int maxValues) {
    return new ValueType<>(
        "object",
        JsonSchema.type("object"),
        (raw, findings) -> {
          if (!(raw instanceof Map<?, ?> map)) {
            throw InvalidValueException.expected("an object with keys and values", raw);
          }
          if (depth(map) > maxDepth) {
            throw InvalidValueException.expected("at most " + maxDepth + " levels", depth(map));
          }
          if (values(map) > maxValues) {
            throw InvalidValueException.expected("at most " + maxValues + " values", values(map));
          }
          Map<String, Object> object = new LinkedHashMap<>();
          map.forEach((key, value) -> object.put(String.valueOf(key), value));
          return object;
        },
        object -> object);
  }
}
