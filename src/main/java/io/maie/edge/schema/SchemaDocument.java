package io.maie.edge.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A JSON Schema as a document of its own, with which an editor knows one kind of file.
 *
 * @param name its name and version, such as {@code settings:1}
 * @param description what the files are, for the person who writes one
 * @param values the schema of the values
 */
public record SchemaDocument(
    String name, String title, String description, Map<String, Object> values) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The document as JSON, with a line break at its end. */
  public String print() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.put("$id", "urn:maie-edge:schema:" + name);
    document.put("title", title);
    document.put("description", description);
    document.putAll(values);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values could not be written", e);
    }
  }
}
