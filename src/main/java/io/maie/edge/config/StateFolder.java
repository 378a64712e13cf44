package io.maie.edge.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the state folder without reading YAML, which would take longer than the rest of {@code
 * status}: if no settings file mentions it, it has its default place. The class avoids lambdas,
 * whose first use costs a short command more than the work itself.
 */
public final class StateFolder {
  private static final String SECTION = "state";
  private static final String VARIABLE = "MAIE_STATE__PATH";

  private StateFolder() {}

  /** The state folder; empty if only {@link SettingsReader} can tell. */
  public static Optional<Path> find(SettingsSources sources) throws IOException {
    Path home = sources.effectiveHome();
    Path atHome = home.resolve("config");
    Path installed = sources.installation().resolve("config");
    boolean isChosen = sources.config() != null || sources.flags().containsKey("state.path");
    if (isChosen || mayMove(atHome, installed)) {
      return Optional.empty();
    }
    String variable = sources.environment().getOrDefault(VARIABLE, SECTION);
    return Optional.of(home.resolve(variable).normalize());
  }

  /** Returns whether a profile or the settings file may say where the state folder is. */
  private static boolean mayMove(Path atHome, Path installed) throws IOException {
    if (Files.exists(atHome.resolve("profiles")) || Files.exists(installed.resolve("profiles"))) {
      return true;
    }
    Path file = atHome.resolve("maie-edge.yaml");
    return mentionsState(Files.exists(file) ? file : installed.resolve("maie-edge.yaml"));
  }

  private static boolean mentionsState(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    // every byte is a character here: no encoding hides five ASCII letters from ISO 8859-1
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (mentionsState(line.strip())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Comments aside; what could hide the word, such as an escape, counts as mentioning it. */
  private static boolean mentionsState(String line) {
    return !line.startsWith("#") && (line.contains(SECTION) || line.contains("\\"));
  }
}
