package io.maie.edge.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Places where settings are looked for.
 *
 * @param installation the folder that holds bin/, lib/ and, unless set otherwise, everything else
 * @param environment the variables of the process
 * @param home {@code --home}; null = the variable MAIE_HOME, else the installation
 * @param config {@code --config}; null = config/maie-edge.yaml in the home, else in the
 *     installation, else none
 * @param profile {@code --profile}; null = the variable ENVIRONMENT, else {@code edge}
 * @param flags settings given on the command line, by name
 */
public record SettingsSources(
    Path installation,
    Map<String, String> environment,
    @Nullable Path home,
    @Nullable Path config,
    @Nullable String profile,
    Map<String, String> flags) {

  public SettingsSources {
    requireNonNull(installation, "installation is null");
    environment = Map.copyOf(environment);
    flags = Map.copyOf(flags);
  }

  /** The folder under which everything lies that is not configured otherwise. */
  public Path effectiveHome() {
    String variable = environment.getOrDefault("MAIE_HOME", "");
    Path chosen = home != null ? home : variable.isBlank() ? installation : Path.of(variable);
    return chosen.toAbsolutePath().normalize();
  }

  String effectiveProfile() {
    String variable = environment.getOrDefault("ENVIRONMENT", "").strip();
    return profile != null ? profile : variable.isEmpty() ? Profiles.DEFAULT : variable;
  }
}
