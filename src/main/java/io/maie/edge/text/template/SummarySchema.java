package io.maie.edge.text.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON Schema of a summary, draft 2020-12.
 *
 * <p>Besides being a schema it describes an object, lists what is required, and asks for 1 to 10
 * tags: a list of texts under {@code tags} or {@code thẻ}. References stay within the document, so
 * that nothing is fetched.
 */
final class SummarySchema {
  private static final List<String> TAGS = List.of("tags", "thẻ");
  private static final int MOST_TAGS = 10;

  private final Schema schema;

  /**
   * Something that is not as it must be.
   *
   * @param field such as {@code to_do[0].task}; empty if the whole value is meant
   * @param sentence without final stop
   */
  record Violation(String field, String sentence) {}

  private SummarySchema(Schema schema) {
    this.schema = schema;
  }

  /** Faults of {@code node} as the schema of a summary; empty if there are none. */
  static List<Violation> check(JsonNode node) {
    List<Violation> violations = new ArrayList<>();
    if (!node.isObject()) {
      violations.add(new Violation("", "expected a JSON object"));
      return violations;
    }
    checkDraft(node.path("$schema").asText(DialectId.DRAFT_2020_12), violations);
    checkReferences(node, violations);
    if (violations.isEmpty()) {
      violations.addAll(violations(metaSchema(), node));
    }
    if (violations.isEmpty()) {
      checkObject(node, violations);
      checkTags(node.path("properties"), violations);
    }
    if (violations.isEmpty()) {
      checkUse(node, violations);
    }
    return violations;
  }

  /**
   * The schema in {@code node}.
   *
   * @throws SchemaException if {@link #check} finds something wrong
   */
  static SummarySchema of(JsonNode node) {
    Schema schema = registry().getSchema(node);
    schema.initializeValidators();
    return new SummarySchema(schema);
  }

  /** Faults of {@code summary}; empty if it is valid. */
  List<Violation> violations(JsonNode summary) {
    return violations(schema, summary);
  }

  private static List<Violation> violations(Schema schema, JsonNode value) {
    return schema.validate(value).stream().map(SummarySchema::violation).toList();
  }

  private static Violation violation(Error error) {
    NodePath location = error.getInstanceLocation();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < location.getNameCount(); i++) {
      if (location.getElement(i) instanceof Integer index) {
        field.append('[').append(index).append(']');
      } else {
        field.append(field.isEmpty() ? "" : ".").append(location.getName(i));
      }
    }
    return new Violation(field.toString(), error.getMessage());
  }

  private static void checkDraft(String draft, List<Violation> violations) {
    if (!draft.equals(DialectId.DRAFT_2020_12)) {
      violations.add(
          new Violation(
              "$schema", "expected '" + DialectId.DRAFT_2020_12 + "', found '" + draft + "'"));
    }
  }

  private static void checkObject(JsonNode node, List<Violation> violations) {
    if (!node.path("type").asText().equals("object")) {
      violations.add(new Violation("type", "expected 'object'"));
    }
    if (node.path("properties").isEmpty()) {
      violations.add(new Violation("properties", "expected the fields of a summary"));
    }
    if (!node.path("required").isArray()) {
      violations.add(new Violation("required", "expected a list of the fields that must be there"));
    }
  }

  private static void checkTags(JsonNode properties, List<Violation> violations) {
    List<String> found = TAGS.stream().filter(properties::has).toList();
    if (found.size() != 1) {
      violations.add(new Violation("properties", "expected either tags or thẻ"));
      return;
    }
    JsonNode tags = properties.path(found.get(0));
    boolean isFit =
        tags.path("type").asText().equals("array")
            && tags.path("minItems").asInt(0) >= 1
            && tags.path("maxItems").asInt(Integer.MAX_VALUE) <= MOST_TAGS
            && tags.path("items").path("type").asText("string").equals("string");
    if (!isFit) {
      violations.add(
          new Violation(
              "properties." + found.get(0),
              "expected a list of texts with minItems of 1 or more and maxItems of 10 or less"));
    }
  }

  private static void checkReferences(JsonNode node, List<Violation> violations) {
    for (String key : List.of("$ref", "$dynamicRef")) {
      JsonNode reference = node.path(key);
      if (reference.isTextual() && !reference.textValue().startsWith("#")) {
        violations.add(
            new Violation(
                key,
                "expected a reference within the document, found '" + reference.textValue() + "'"));
      }
    }
    for (JsonNode child : node) {
      checkReferences(child, violations);
    }
  }

  /**
   * Finds faults that only show when the schema is used, such as a reference that leads nowhere.
   */
  private static void checkUse(JsonNode node, List<Violation> violations) {
    try {
      of(node);
    } catch (SchemaException e) {
      violations.add(new Violation("", "the schema cannot be used: " + e.getMessage()));
    }
  }

  private static Schema metaSchema() {
    return registry().getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));
  }

  private static SchemaRegistry registry() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  }
}
