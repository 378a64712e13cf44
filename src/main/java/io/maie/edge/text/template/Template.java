package io.maie.edge.text.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.durable.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A template that is fit for use.
 *
 * @param id name of its folder
 * @param title from the schema, or else the id
 * @param description from the schema; may be empty
 * @param schema a JSON Schema, draft 2020-12, as written in its file
 * @param prompt asks a language model for the summary, as {@code PromptTemplate} reads it
 * @param example a summary that is valid against the schema, as written in its file
 * @param fewShots a JSON list of objects with {@code input}, a text, and {@code output}, its
 *     summary
 */
public record Template(
    String id,
    String title,
    String description,
    String schema,
    String prompt,
    String example,
    String fewShots) {
  private static final String SHOTS = "few_shots";

  static PromptTemplate parsed(String prompt) throws PromptSyntaxException {
    return PromptTemplate.parse(
        prompt,
        new PromptTemplate.Names(
            Set.of("schema", "example"), Map.of(SHOTS, Set.of("input", "output"))));
  }

  /** Prompt of a language model, with schema, example and few-shots. */
  public String instructions() {
    List<Map<String, String>> shots = new ArrayList<>();
    for (JsonNode shot : tree(fewShots)) {
      shots.add(
          Map.of(
              "input", shot.path("input").asText(),
              "output", shot.path("output").toPrettyString()));
    }
    Map<String, String> texts = Map.of("schema", schema.strip(), "example", example.strip());
    try {
      return parsed(prompt).render(new PromptTemplate.Values(texts, Map.of(SHOTS, shots))).strip();
    } catch (PromptSyntaxException e) {
      throw new IllegalStateException("the prompt was checked before", e);
    }
  }

  /** The schema as a tree. */
  public JsonNode schemaTree() {
    return tree(schema);
  }

  /** The example as a tree. */
  public JsonNode exampleTree() {
    return tree(example);
  }

  private static JsonNode tree(String json) {
    try {
      return TemplateReader.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the template was checked before", e);
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
