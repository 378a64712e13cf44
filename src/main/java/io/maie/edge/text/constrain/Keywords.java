package io.maie.edge.text.constrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Words of JSON Schema that say something about a value, by the types of values. */
final class Keywords {
  static final Set<String> UNIONS = Set.of("anyOf", "oneOf", "allOf");

  private static final Set<String> OF_OBJECTS =
      Set.of("properties", "required", "additionalProperties", "minProperties", "maxProperties");
  private static final Set<String> OF_ARRAYS =
      Set.of("items", "prefixItems", "minItems", "maxItems");
  private static final Set<String> OF_TEXTS = Set.of("minLength", "maxLength", "pattern", "format");
  private static final Set<String> OF_NUMBERS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");
  private static final List<TypeWords> BY_TYPE =
      List.of(
          new TypeWords("object", OF_OBJECTS),
          new TypeWords("array", OF_ARRAYS),
          new TypeWords("string", OF_TEXTS),
          new TypeWords("number", OF_NUMBERS));
  private static final Set<String> OF_ALL = Set.of("type", "enum", "const", "$ref");

  /** Words that narrow what is valid, in ways that decoding does not follow. */
  private static final Set<String> UNSERVED =
      Set.of(
          "not",
          "if",
          "then",
          "else",
          "dependentRequired",
          "dependentSchemas",
          "dependencies",
          "patternProperties",
          "propertyNames",
          "unevaluatedProperties",
          "unevaluatedItems",
          "contains",
          "minContains",
          "maxContains",
          "uniqueItems",
          "multipleOf",
          "additionalItems",
          "$dynamicRef",
          "$recursiveRef");

  /** The words that only schemas of one type need. */
  private record TypeWords(String type, Set<String> words) {}

  private Keywords() {}

  /** The words of a schema that narrow what is valid; none of {@code true}. */
  static ObjectNode narrowing(JsonNode schema) {
    if (schema.isBoolean()) {
      return JsonNodeFactory.instance.objectNode();
    }
    ObjectNode narrowing = schema.deepCopy();
    List<String> others = new ArrayList<>();
    narrowing
        .fieldNames()
        .forEachRemaining(
            word -> {
              if (!isNarrowing(word)) {
                others.add(word);
              }
            });
    return narrowing.remove(others);
  }

  private static boolean isNarrowing(String word) {
    return OF_ALL.contains(word)
        || OF_OBJECTS.contains(word)
        || OF_ARRAYS.contains(word)
        || OF_TEXTS.contains(word)
        || OF_NUMBERS.contains(word)
        || UNIONS.contains(word);
  }

  /** Refuses a schema with a word that is not served. */
  static void check(JsonNode schema, String pointer) throws UnservedSchemaException {
    for (String word : UNSERVED) {
      JsonNode value = schema.path(word);
      boolean saysNothing =
          value.isMissingNode() || (word.equals("uniqueItems") && !value.asBoolean());
      if (!saysNothing) {
        throw new UnservedSchemaException(
            pointer, "uses '" + word + "', which decoding cannot follow");
      }
    }
  }

  /**
   * The types that values may have, as the schema names them. A schema that names none has those
   * that its words are about.
   */
  static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    List<String> types = new ArrayList<>();
    if (type.isTextual()) {
      types.add(type.asText());
    } else if (type.isArray()) {
      type.forEach(each -> types.add(each.asText()));
    } else {
      for (TypeWords about : BY_TYPE) {
        if (about.words.stream().anyMatch(schema::has)) {
          types.add(about.type);
        }
      }
    }
    return types.isEmpty() ? List.of("string", "number", "boolean", "null") : types;
  }

  /** Returns whether a value is valid against a schema without references. */
  static boolean isValid(JsonNode schema, JsonNode value) {
    Schema validator =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    return validator.validate(value).isEmpty();
  }
}
