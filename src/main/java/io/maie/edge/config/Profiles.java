package io.maie.edge.config;

import io.maie.edge.schema.DidYouMean;
import io.maie.edge.schema.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sets of settings with a name: those built in, and {@code profiles/<name>.yaml} beside the
 * settings file, which adds to the built-in one of the same name.
 */
final class Profiles {
  static final String DEFAULT = "edge";

  private static final List<String> BUILT_IN = List.of(DEFAULT, "edge_small", "development");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private Profiles() {}

  /** The layers of the profile {@code name}, weakest first. */
  static List<SettingsLayer> read(String name, List<Path> folders, KnownSettings known) {
    List<SettingsLayer> layers = new ArrayList<>();
    if (NAME.matcher(name).matches()) {
      if (BUILT_IN.contains(name)) {
        layers.add(builtIn(name, known));
      }
      folders.stream()
          .map(folder -> folder.resolve("profiles").resolve(name + ".yaml"))
          .filter(Files::exists)
          .findFirst()
          .ifPresent(file -> layers.add(SettingsFile.read(file, Origin.Layer.PROFILE, known)));
    }
    if (layers.isEmpty()) {
      layers.add(unknown(name));
    }
    return layers;
  }

  private static SettingsLayer builtIn(String name, KnownSettings known) {
    try (@Nullable InputStream resource =
        Profiles.class.getResourceAsStream("/profiles/" + name + ".yaml")) {
      if (resource == null) {
        throw new IllegalStateException("the profile '" + name + "' is missing in the program");
      }
      return SettingsLayer.ofYaml(
          "profile " + name, resource.readAllBytes(), Origin.Layer.PROFILE, known);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own files cannot be read", e);
    }
  }

  private static SettingsLayer unknown(String name) {
    return new SettingsLayer(
        Map.of(),
        List.of(
            new Problem(
                "profile",
                "",
                "expected one of "
                    + BUILT_IN
                    + " or the name of a file in config/profiles, found '"
                    + name
                    + "'"
                    + DidYouMean.suggestion(name, BUILT_IN)
                    + " (--profile, or the variable ENVIRONMENT)")));
  }
}
