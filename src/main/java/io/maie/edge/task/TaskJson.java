package io.maie.edge.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.telemetry.InstantText;
import java.io.IOException;
import java.nio.file.Path;

/** The one way in which this package writes records as JSON: a schema version, then snake_case. */
final class TaskJson {
  private static final String SCHEMA_KEY = "schema_version";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addModule(InstantText.module())
          .build();

  private TaskJson() {}

  /** A document of several lines. */
  static byte[] document(Object value, int schemaVersion) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree(value, schemaVersion));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values can be written", e);
    }
  }

  /** A line without its end. */
  static byte[] line(Object value, int schemaVersion) {
    try {
      return MAPPER.writeValueAsBytes(tree(value, schemaVersion));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values can be written", e);
    }
  }

  private static ObjectNode tree(Object value, int schemaVersion) {
    ObjectNode document = MAPPER.createObjectNode().put(SCHEMA_KEY, schemaVersion);
    document.setAll((ObjectNode) MAPPER.valueToTree(value));
    return document;
  }

  /**
   * Reads what was written by this or an earlier version of the program.
   *
   * @throws IOException if it is something else, or of a later schema
   */
  static <T> T read(byte[] bytes, Class<T> type, int newestSchema) throws IOException {
    JsonNode document = MAPPER.readTree(bytes);
    int schema = document.path(SCHEMA_KEY).asInt();
    if (schema > newestSchema) {
      throw new NewerSchemaException(
          "Expected schema_version 1 to " + newestSchema + ", found " + schema);
    }
    if (schema < 1) {
      throw new IOException("Expected a schema_version, found none");
    }
    T value = MAPPER.treeToValue(document, type);
    if (value == null) {
      throw new IOException("Expected a JSON object, found nothing");
    }
    return value;
  }

  /** A document of any schema. */
  static JsonNode tree(Path file) throws IOException {
    return MAPPER.readTree(file.toFile());
  }
}
