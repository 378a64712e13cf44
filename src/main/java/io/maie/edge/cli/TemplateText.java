package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

/** Content of a template; {@code description} may be empty. */
public record TemplateText(
    String title, String description, String schema, String prompt, String example) {

  public TemplateText {
    requireNonNull(title, "title is null");
    requireNonNull(description, "description is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(prompt, "prompt is null");
    requireNonNull(example, "example is null");
  }
}
