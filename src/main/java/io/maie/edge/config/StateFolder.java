package io.maie.edge.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the state folder without reading YAML, which would take longer than all the rest of {@code
 * status}: where no settings file mentions it, it can only be where it is by default.
 */
public final class StateFolder {
  private static final String SECTION = "state";
  private static final String VARIABLE = "MAIE_STATE__PATH";

  private StateFolder() {}

  /** The state folder; empty if only {@link SettingsReader} can tell. */
  public static Optional<Path> find(SettingsSources sources) throws IOException {
    boolean isElsewhere =
        sources.config() != null
            || sources.flags().containsKey("state.path")
            || Stream.of(sources.effectiveHome(), sources.installation())
                .map(folder -> folder.resolve("config"))
                .anyMatch(folder -> Files.exists(folder.resolve("profiles")));
    if (isElsewhere || isMentioned(sources)) {
      return Optional.empty();
    }
    String variable = sources.environment().getOrDefault(VARIABLE, SECTION);
    return Optional.of(sources.effectiveHome().resolve(variable).normalize());
  }

  private static boolean isMentioned(SettingsSources sources) throws IOException {
    for (Path folder : new Path[] {sources.effectiveHome(), sources.installation()}) {
      Path file = folder.resolve("config").resolve("maie-edge.yaml");
      if (Files.exists(file)) {
        // a byte is a character here: no encoding hides these five letters from ISO 8859-1
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
          return lines.anyMatch(StateFolder::mentions);
        }
      }
    }
    return false;
  }

  /** Comments aside; anything that could hide the word, such as an escape, counts as mentioning. */
  private static boolean mentions(String line) {
    String said = line.strip();
    return !said.startsWith("#") && (said.contains(SECTION) || said.contains("\\"));
  }
}
