package io.maie.edge.text.template;

import static java.util.Objects.requireNonNull;

/**
 * A template that is fit for use.
 *
 * @param title from the schema, or else the id
 * @param description from the schema; may be empty
 * @param schema a JSON Schema, draft 2020-12, as written in its file
 * @param prompt a Jinja template that asks a language model for the summary
 * @param example a summary that is valid against the schema, as written in its file
 */
public record Template(
    String title, String description, String schema, String prompt, String example) {

  public Template {
    requireNonNull(title, "title is null");
    requireNonNull(description, "description is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(prompt, "prompt is null");
    requireNonNull(example, "example is null");
  }
}
