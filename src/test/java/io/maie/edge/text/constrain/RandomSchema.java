package io.maie.edge.text.constrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A schema that is made by chance, and documents that are valid against it because they are made
 * beside it.
 */
final class RandomSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> NAMES =
      List.of("title", "tags", "tóm_tắt", "công_việc", "a", "ab", "a b", "q\"q", "日付", "x/y~z", "");
  private static final List<Integer> LETTERS =
      List.of(
          (int) 'a',
          (int) 'Z',
          (int) ' ',
          (int) '"',
          (int) '\\',
          (int) '/',
          (int) '\n',
          (int) ',',
          (int) '}',
          (int) ']',
          0xE9,
          0x1EC1,
          0x65E5,
          0x1F600,
          0x7F,
          0xFFFF,
          0x10FFFF);
  private static final Map<String, List<String>> PATTERNS =
      Map.of(
          "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", List.of("2026-11-28", "0000-99-00"),
          "^[a-z]{2}$", List.of("en", "vi"),
          "^(cao|thấp)$", List.of("cao", "thấp"),
          "[\"\\\\]", List.of("say \"so\"", "\\", "\n\""),
          "^\\S(.*\\S)?$", List.of("a", "một hai", "😀 x"),
          "^\\p{Lu}\\w+\\.?$", List.of("Anna", "Ông.".replace("ng", "x"), "Bo_1"),
          "^[^x-z]*$", List.of("", "abc\n", "{\"é\"}"),
          "^a|b$", List.of("a", "b", "ax", "xb", "xyb"),
          "colou?r+", List.of("colour", "my colorrr!"),
          "^\\d+(\\.\\d+)?\\s?%$", List.of("5%", "12.5 %"));
  private static final Map<String, List<String>> FORMATS =
      Map.of(
          "date", List.of("2026-11-28", "2024-02-29", "1999-12-31"),
          "time", List.of("09:30:00Z", "23:59:59.5+07:00"),
          "date-time", List.of("2026-11-28T09:30:00Z", "2000-02-29T00:00:00-01:30"),
          "uuid", List.of("123e4567-e89b-42d3-a456-426614174000"),
          "ipv4", List.of("192.168.0.1", "255.255.255.255"),
          "uri", List.of("https://example.org/a/b"));

  private final Random random;
  private final ObjectNode definitions = NODES.objectNode();
  private final Made made;

  /** A schema and a source of valid documents. */
  private record Made(ObjectNode schema, Supplier<JsonNode> document) {}

  /**
   * Makes a schema.
   *
   * @param seed the same seed makes the same schema and documents
   */
  RandomSchema(long seed) {
    random = new Random(seed);
    Made root = random.nextInt(8) == 0 ? value(3) : object(3);
    if (!definitions.isEmpty()) {
      root.schema.set("$defs", definitions);
    }
    made = root;
  }

  ObjectNode schema() {
    return made.schema;
  }

  /** A document that is valid against it, with members in its order. */
  JsonNode document() {
    return made.document.get();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private Made value(int depth) {
    int kinds = depth == 0 ? 8 : 13;
    return switch (random.nextInt(kinds)) {
      case 0, 1 -> text();
      case 2 -> patterned();
      case 3 -> integer();
      case 4 -> number();
      case 5 -> fixed();
      case 6 -> nullable();
      case 7 -> new Made(typed("boolean"), () -> NODES.booleanNode(random.nextBoolean()));
      case 8, 9 -> array(depth - 1);
      case 10 -> object(depth - 1);
      case 11 -> union(depth - 1);
      default -> recursive(depth - 1);
    };
  }

  private static ObjectNode typed(String type) {
    return NODES.objectNode().put("type", type);
  }

  private String word(int least, int most) {
    int length = least + random.nextInt(most - least + 1);
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.appendCodePoint(oneOf(LETTERS));
    }
    return word.toString();
  }

  private Made text() {
    int least = chance(2) ? 0 : random.nextInt(4);
    int most = least + random.nextInt(12);
    ObjectNode schema = typed("string").put("description", "a text");
    if (least > 0 || chance(3)) {
      schema.put("minLength", least);
    }
    if (!chance(4)) {
      schema.put("maxLength", most);
    }
    return new Made(schema, () -> NODES.textNode(word(least, most)));
  }

  private Made patterned() {
    boolean isFormat = chance(3);
    Map<String, List<String>> choices = isFormat ? FORMATS : PATTERNS;
    String key = oneOf(choices.keySet().stream().sorted().toList());
    ObjectNode schema = typed("string").put(isFormat ? "format" : "pattern", key);
    if (chance(3)) {
      schema.put("maxLength", 40);
    }
    return new Made(schema, () -> NODES.textNode(oneOf(choices.getOrDefault(key, List.of()))));
  }

  private Made integer() {
    ObjectNode schema = typed("integer");
    int least = random.nextInt(2_000) - 1_000;
    int most = least + (chance(3) ? 0 : random.nextInt(chance(2) ? 10 : 100_000));
    if (chance(2)) {
      schema.put("minimum", least);
    } else {
      schema.put("exclusiveMinimum", least - 1);
    }
    if (!chance(4)) {
      schema.put("maximum", most);
    }
    return new Made(schema, () -> NODES.numberNode(least + random.nextInt(most - least + 1)));
  }

  private Made number() {
    ObjectNode schema = typed("number");
    BigDecimal least = BigDecimal.valueOf(random.nextInt(400) - 200L, random.nextInt(3));
    BigDecimal width = BigDecimal.valueOf(random.nextInt(300), random.nextInt(3));
    if (!chance(4)) {
      schema.put("minimum", least);
    }
    if (!chance(4)) {
      schema.put("maximum", least.add(width));
    }
    return new Made(
        schema,
        () -> {
          long steps = width.movePointRight(2).longValueExact();
          BigDecimal above = BigDecimal.valueOf((long) (random.nextDouble() * (steps + 1)), 2);
          return NODES.numberNode(least.add(above.min(width)));
        });
  }

  private Made fixed() {
    List<JsonNode> values = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      values.add(
          switch (random.nextInt(5)) {
            case 0 -> NODES.numberNode(random.nextInt(30));
            case 1 -> NODES.nullNode();
            case 2 -> NODES.arrayNode().add(random.nextInt(3)).add("x");
            default -> NODES.textNode(word(0, 5));
          });
    }
    if (chance(4)) {
      return new Made(NODES.objectNode().set("const", values.get(0)), () -> values.get(0));
    }
    ArrayNode list = NODES.arrayNode();
    values.stream().distinct().forEach(list::add);
    return new Made(NODES.objectNode().set("enum", list), () -> oneOf(values));
  }

  private Made nullable() {
    Made inner = oneOf(List.of(text(), patterned(), integer(), number()));
    ObjectNode schema = inner.schema;
    schema.set("type", NODES.arrayNode().add(schema.get("type")).add("null"));
    return new Made(schema, () -> chance(2) ? NODES.nullNode() : inner.document.get());
  }

  private Made array(int depth) {
    ObjectNode schema = typed("array");
    List<Made> first = new ArrayList<>();
    if (chance(4)) {
      ArrayNode prefix = schema.putArray("prefixItems");
      for (int i = random.nextInt(3); i >= 0; i--) {
        first.add(value(depth));
        prefix.add(first.get(first.size() - 1).schema);
      }
    }
    boolean isClosed = !first.isEmpty() && chance(2);
    Made rest = value(depth);
    schema.set("items", isClosed ? NODES.booleanNode(false) : rest.schema);
    int least = random.nextInt(isClosed ? first.size() + 1 : 3);
    int most = isClosed ? first.size() : least + random.nextInt(4);
    if (least > 0) {
      schema.put("minItems", least);
    }
    if (!chance(3)) {
      schema.put("maxItems", most);
    }
    return new Made(
        schema,
        () -> {
          ArrayNode items = NODES.arrayNode();
          int count = least + random.nextInt(most - least + 1);
          for (int i = 0; i < count; i++) {
            items.add((i < first.size() ? first.get(i) : rest).document.get());
          }
          return items;
        });
  }

  private Made object(int depth) {
    ObjectNode schema = typed("object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    List<String> names = new ArrayList<>(NAMES);
    List<String> own = new ArrayList<>();
    List<Made> values = new ArrayList<>();
    List<Boolean> needed = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      String name = names.remove(random.nextInt(names.size()));
      own.add(name);
      values.add(value(depth));
      needed.add(chance(2));
      properties.set(name, values.get(values.size() - 1).schema);
      if (needed.get(needed.size() - 1)) {
        required.add(name);
      }
    }
    switch (random.nextInt(3)) {
      case 0 -> schema.put("additionalProperties", false);
      case 1 -> schema.set("additionalProperties", typed("string"));
      default -> {}
    }
    return new Made(
        schema,
        () -> {
          ObjectNode object = NODES.objectNode();
          for (int i = 0; i < own.size(); i++) {
            if (needed.get(i) || chance(2)) {
              object.set(own.get(i), values.get(i).document.get());
            }
          }
          return object;
        });
  }

  private Made union(int depth) {
    if (chance(2)) {
      List<Made> branches = List.of(value(depth), value(depth), value(0));
      ObjectNode schema = NODES.objectNode();
      ArrayNode list = schema.putArray("anyOf");
      branches.forEach(branch -> list.add(branch.schema));
      return new Made(schema, () -> oneOf(branches).document.get());
    }
    List<Made> branches = new ArrayList<>(List.of(text(), array(depth), integer()));
    for (String kind : List.of("task", "note")) {
      Made object = object(depth);
      ObjectNode properties = NODES.objectNode();
      properties.putObject("kind").put("const", kind);
      object.schema.set(
          "properties", properties.setAll((ObjectNode) object.schema.get("properties")));
      ((ArrayNode) object.schema.get("required")).add("kind");
      branches.add(
          new Made(
              object.schema,
              () ->
                  NODES.objectNode().put("kind", kind).setAll((ObjectNode) object.document.get())));
    }
    ObjectNode schema = NODES.objectNode();
    ArrayNode list = schema.putArray("oneOf");
    branches.forEach(branch -> list.add(branch.schema));
    return new Made(schema, () -> oneOf(branches).document.get());
  }

  private Made recursive(int depth) {
    String name = "d" + definitions.size();
    ObjectNode definition = definitions.putObject(name);
    Made leaf = value(depth);
    definition.put("type", "object").put("additionalProperties", false);
    ObjectNode reference = NODES.objectNode().put("$ref", "#/$defs/" + name);
    ObjectNode properties = definition.putObject("properties");
    properties.set("value", leaf.schema);
    properties
        .putObject("children")
        .put("type", "array")
        .put("maxItems", 2)
        .set("items", reference);
    definition.putArray("required").add("value");
    return new Made(reference.deepCopy(), () -> tree(leaf, 3));
  }

  private JsonNode tree(Made leaf, int depth) {
    ObjectNode tree = NODES.objectNode();
    tree.set("value", leaf.document.get());
    if (depth > 0 && chance(2)) {
      ArrayNode children = tree.putArray("children");
      for (int i = random.nextInt(3); i > 0; i--) {
        children.add(tree(leaf, depth - 1));
      }
    }
    return tree;
  }
}
