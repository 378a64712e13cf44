package io.maie.edge.text.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.durable.Sha256;
import java.security.MessageDigest;
import java.util.List;

/**
 * A template that is fit for use.
 *
 * @param id name of its folder
 * @param title from the schema, or else the id
 * @param description from the schema; may be empty
 * @param schema a JSON Schema, draft 2020-12, as written in its file
 * @param prompt a Jinja template that asks a language model for the summary
 * @param example a summary that is valid against the schema, as written in its file
 */
public record Template(
    String id, String title, String description, String schema, String prompt, String example) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public Template {
    requireNonNull(id, "id is null");
    requireNonNull(title, "title is null");
    requireNonNull(description, "description is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(prompt, "prompt is null");
    requireNonNull(example, "example is null");
  }

  /** The schema as a tree. */
  public JsonNode schemaTree() {
    try {
      return JSON.readTree(schema);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the schema was read before", e);
    }
  }

  /** Faults of a summary, one sentence each with the field first; empty if it is valid. */
  public List<String> violations(JsonNode summary) {
    return SummarySchema.of(schemaTree()).violations(summary).stream()
        .map(violation -> violation.field() + ": " + violation.sentence())
        .toList();
  }

  /** {@code sha256:} and 64 hexadecimal digits of schema and prompt. */
  public String hash() {
    MessageDigest digest = Sha256.newDigest();
    digest.update(schema.getBytes(UTF_8));
    digest.update(prompt.getBytes(UTF_8));
    return "sha256:" + Sha256.hex(digest);
  }
}
