package io.maie.edge.text.ground;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/** View of a place in a JSON Schema for grounding. */
record SchemaView(JsonNode root, JsonNode node) {

  static SchemaView of(JsonNode schema) {
    return new SchemaView(schema, schema);
  }

  SchemaView field(String name) {
    return resolved(node.path("properties").path(name));
  }

  SchemaView items() {
    return resolved(node.path("items"));
  }

  private SchemaView resolved(JsonNode schema) {
    JsonNode reference = schema.path("$ref");
    return new SchemaView(
        root, reference.isTextual() ? root.at(reference.asText().substring(1)) : schema);
  }

  boolean isRequired(String name) {
    return StreamSupport.stream(node.path("required").spliterator(), false)
        .anyMatch(required -> required.asText().equals(name));
  }

  boolean isNullable() {
    JsonNode type = node.path("type");
    return type.asText().equals("null")
        || StreamSupport.stream(type.spliterator(), false).anyMatch(t -> t.asText().equals("null"));
  }

  /** Returns whether its texts are statements: a constant says nothing. */
  boolean isStatement() {
    return !node.has("enum") && !node.has("const");
  }

  int fewest() {
    return node.path("minItems").asInt(0);
  }

  int shortest() {
    return Math.max(1, node.path("minLength").asInt(1));
  }
}
