package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * One template as {@code templates} shows it.
 *
 * @param title empty if something is wrong
 * @param problems one line each; empty if all is well
 */
public record TemplateLine(String id, String title, Path folder, List<String> problems) {

  public TemplateLine {
    requireNonNull(id, "id is null");
    requireNonNull(title, "title is null");
    requireNonNull(folder, "folder is null");
    problems = List.copyOf(problems);
  }

  boolean isOk() {
    return problems.isEmpty();
  }
}
