package io.maie.edge.config;

import io.maie.edge.schema.Problem;
import io.maie.edge.schema.StrictDocument;
import io.maie.edge.schema.StrictDocument.Syntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Assignments in one document, the environment or the flags; names are checked, values are not. */
record SettingsLayer(Map<String, Assignment> assignments, List<Problem> problems) {

  /** A longer settings file is a mistake. */
  private static final int MAX_BYTES = 1 << 20;

  /** One value as written, and where. */
  record Assignment(Object raw, Origin origin) {}

  SettingsLayer {
    assignments = new LinkedHashMap<>(assignments);
    problems = List.copyOf(problems);
  }

  /** Reads a settings file: sections with keys. */
  static SettingsLayer ofYaml(String name, byte[] bytes, Origin.Layer layer, KnownSettings known) {
    StrictDocument document = StrictDocument.read(name, bytes, Syntax.YAML, MAX_BYTES);
    Collector collector = new Collector(known);
    collector.problems.addAll(document.problems());
    document.root().forEach((section, value) -> collector.section(document, layer, section, value));
    return collector.layer();
  }

  /** Reads the variables that override settings. */
  static SettingsLayer ofEnvironment(Map<String, String> environment, KnownSettings known) {
    Collector collector = new Collector(known);
    environment.keySet().stream()
        .filter(variable -> variable.startsWith(Variables.PREFIX))
        .sorted()
        .forEach(variable -> collector.variable(variable, environment.getOrDefault(variable, "")));
    return collector.layer();
  }

  /** Takes what a command line says, by setting. */
  static SettingsLayer ofFlags(Map<String, String> flags, KnownSettings known) {
    Collector collector = new Collector(known);
    flags.forEach(
        (name, value) ->
            collector.assign(name, value, new Origin(Origin.Layer.FLAG, "command line")));
    return collector.layer();
  }

  /** Gathers assignments and what is wrong with their names. */
  private static final class Collector {
    private final KnownSettings known;
    private final Map<String, Assignment> assignments = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    Collector(KnownSettings known) {
      this.known = known;
    }

    SettingsLayer layer() {
      return new SettingsLayer(assignments, problems);
    }

    void section(
        StrictDocument document, Origin.Layer layer, String section, @Nullable Object value) {
      if (value instanceof Map<?, ?> keys) {
        keys.forEach(
            (key, raw) -> {
              String name = section + "." + key;
              if (known.knowsSection(name)) {
                section(document, layer, name, raw);
              } else {
                assign(name, raw, new Origin(layer, document.where(name)));
              }
            });
      } else if (!known.knowsSection(section)) {
        problems.add(new Problem(document.where(section), section, known.correction(section)));
      } else if (value != null) {
        problems.add(
            new Problem(
                document.where(section),
                section,
                "expected keys below this section, found a value"));
      }
    }

    void variable(String variable, String value) {
      String name = Variables.setting(variable);
      if (Variables.isSetting(variable)) {
        assign(name, value, new Origin(Origin.Layer.ENVIRONMENT, variable));
        return;
      }
      known.names().stream()
          .filter(setting -> Variables.almost(variable, setting))
          .forEach(
              setting ->
                  problems.add(
                      new Problem(
                          variable, setting, "did you mean " + Variables.of(setting) + "?")));
    }

    void assign(String name, @Nullable Object raw, Origin origin) {
      if (!known.knows(name)) {
        problems.add(new Problem(origin.where(), name, known.correction(name)));
      } else if (raw == null && !name.startsWith(KnownSettings.DEFAULTS + ".")) {
        problems.add(
            new Problem(
                origin.where(),
                name,
                "expected a value, found none; remove the key for the default"));
      } else {
        assignments.put(name, new Assignment(raw == null ? Absent.VALUE : raw, origin));
      }
    }
  }

  /** Stands for a null, which takes back a default parameter. */
  enum Absent {
    VALUE
  }
}
