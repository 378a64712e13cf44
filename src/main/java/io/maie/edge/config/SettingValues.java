package io.maie.edge.config;

import io.maie.edge.config.SettingsLayer.Assignment;
import io.maie.edge.schema.Findings;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Problem;
import io.maie.edge.schema.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The value of every setting after all layers were laid over each other, and its origin. */
final class SettingValues {
  private final Values values = new Values();
  private final Map<String, Origin> origins = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private SettingValues() {}

  /** Lays layers over each other, weakest first. */
  static SettingValues merge(KnownSettings known, List<SettingsLayer> layers) {
    SettingValues merged = new SettingValues();
    for (Key<?> setting : known.all()) {
      for (SettingsLayer layer : layers) {
        Assignment assignment = layer.assignments().get(setting.name());
        if (assignment != null) {
          merged.take(setting, assignment);
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

  private <T> void take(Key<T> setting, Assignment assignment) {
    String where = assignment.origin().where();
    String hidden = "expected a " + setting.type().label() + ", found " + Key.REDACTED;
    Findings.ofTexts(
            (part, sentence) ->
                problems.add(
                    setting.isSecret()
                        ? new Problem(where, setting.name(), hidden)
                        : new Problem(where, setting.name() + part, sentence)))
        .read(setting.type(), assignment.raw())
        .ifPresent(
            value -> {
              values.put(setting, value);
              origins.put(setting.name(), assignment.origin());
            });
  }

  /** Every value that is not valid, overridden or not. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** A problem at the place where {@code setting} was set. */
  Problem problem(Key<?> setting, String sentence) {
    return new Problem(origin(setting.name()).where(), setting.name(), sentence);
  }

  <T> T get(Key<T> setting) {
    return values.get(setting);
  }

  <T> String show(Key<T> setting) {
    return setting.show(get(setting));
  }

  Origin origin(String setting) {
    return origins.getOrDefault(setting, Origin.DEFAULT);
  }
}
