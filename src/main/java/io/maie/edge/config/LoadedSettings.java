package io.maie.edge.config;

import static java.util.Objects.requireNonNull;

import io.maie.edge.schema.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Result of reading the settings: where they were looked for, and either settings to work with or
 * everything that is wrong. With problems, {@link #best()} has the default wherever a value is
 * wrong: good enough to show, never to run.
 *
 * @param file the settings file; null if there is none
 */
public record LoadedSettings(
    String profile, @Nullable Path file, Settings best, List<Problem> problems) {

  public LoadedSettings {
    requireNonNull(profile, "profile is null");
    requireNonNull(best, "best is null");
    problems = List.copyOf(problems);
  }

  /** The settings; empty if anything is wrong. */
  public Optional<Settings> settings() {
    return problems.isEmpty() ? Optional.of(best) : Optional.empty();
  }
}
