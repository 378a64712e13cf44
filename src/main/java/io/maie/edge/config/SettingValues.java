package io.maie.edge.config;

import io.maie.edge.config.SettingsLayer.Assignment;
import io.maie.edge.schema.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The value of every setting after all layers were laid over each other, and its origin. */
final class SettingValues {
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, Origin> origins = new HashMap<>();

  private SettingValues() {}

  /**
   * Lays layers over each other.
   *
   * @param layers weakest first
   * @param problems receives every value that is not valid, overridden or not
   */
  static SettingValues merge(
      KnownSettings known, List<SettingsLayer> layers, Consumer<Problem> problems) {
    SettingValues merged = new SettingValues();
    for (Setting<?> setting : known.all()) {
      merged.values.put(setting.name(), setting.defaultValue());
      for (SettingsLayer layer : layers) {
        Assignment assignment = layer.assignments().get(setting.name());
        if (assignment != null) {
          merged.take(setting, assignment, problems);
        }
      }
    }
    for (SettingsLayer layer : layers) {
      layer.assignments().forEach((name, said) -> merged.noteParameter(name, said.origin()));
    }
    return merged;
  }

  /** Default parameters are merged elsewhere; only their origins are kept here. */
  private void noteParameter(String name, Origin origin) {
    if (name.startsWith(KnownSettings.DEFAULTS + ".")) {
      origins.put(name, origin);
    }
  }

  private void take(Setting<?> setting, Assignment assignment, Consumer<Problem> problems) {
    try {
      values.put(setting.name(), setting.type().parser().parse(assignment.raw()));
      origins.put(setting.name(), assignment.origin());
    } catch (InvalidSettingException e) {
      boolean hides = setting.sensitivity() == Setting.Sensitivity.SECRET;
      String sentence =
          hides
              ? "expected a " + setting.type().label() + ", found " + Setting.REDACTED
              : String.valueOf(e.getMessage());
      problems.accept(new Problem(assignment.origin().where(), setting.name(), sentence));
    }
  }

  /** The value; its type is that of its setting, because only the setting's parser made it. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T> T get(Setting<T> setting) {
    return (T) values.getOrDefault(setting.name(), setting.defaultValue());
  }

  <T> String show(Setting<T> setting) {
    return setting.show(get(setting));
  }

  Origin origin(String setting) {
    return origins.getOrDefault(setting, Origin.DEFAULT);
  }
}
