package io.maie.edge.text.template;

import static java.util.Objects.requireNonNull;

import io.maie.edge.schema.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Result of reading a template folder: a template, or everything that is wrong with it.
 *
 * @param id name of the folder
 * @param templateOrNull null if there are problems
 */
public record CheckedTemplate(
    String id, Path folder, @Nullable Template templateOrNull, List<Problem> problems) {

  public CheckedTemplate {
    requireNonNull(id, "id is null");
    requireNonNull(folder, "folder is null");
    problems = List.copyOf(problems);
    if ((templateOrNull == null) == problems.isEmpty()) {
      throw new IllegalArgumentException("expected a template or problems: " + id);
    }
  }

  public Optional<Template> template() {
    return Optional.ofNullable(templateOrNull);
  }

  /** Returns whether it can be used. */
  public boolean isFit() {
    return templateOrNull != null;
  }

  /** From the schema; empty if something is wrong. */
  public String title() {
    return templateOrNull == null ? "" : templateOrNull.title();
  }
}
