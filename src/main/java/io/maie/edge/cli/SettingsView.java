package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The settings in force as a person reads them.
 *
 * @param yaml every setting with its value, secrets masked, and where a value comes from
 * @param problems everything that is wrong, one line each with file and line; empty if all is well
 */
public record SettingsView(String yaml, List<String> problems) {
  public SettingsView {
    requireNonNull(yaml, "yaml is null");
    problems = List.copyOf(problems);
  }
}
