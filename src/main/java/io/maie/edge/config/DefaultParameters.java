package io.maie.edge.config;

import io.maie.edge.config.SettingsLayer.Absent;
import io.maie.edge.config.SettingsLayer.Assignment;
import io.maie.edge.request.Parameter;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.Parameters;
import io.maie.edge.schema.YamlText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The section {@code defaults}: the parameters of recordings that set none themselves. */
final class DefaultParameters {
  private static final String PREFIX = KnownSettings.DEFAULTS + ".";

  private DefaultParameters() {}

  /** Parameters in one layer of settings. */
  static ParameterLayer of(SettingsLayer layer) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Map<String, String> places = new LinkedHashMap<>();
    layer
        .assignments()
        .forEach(
            (name, assignment) -> {
              if (name.startsWith(PREFIX)) {
                String key = name.substring(PREFIX.length());
                values.put(key, value(key, assignment));
                places.put(key, assignment.origin().where());
              }
            });
    return ParameterReader.check(
        KnownSettings.DEFAULTS,
        values,
        field -> places.getOrDefault(field.replaceFirst("[.\\[].*", ""), KnownSettings.DEFAULTS));
  }

  private static @Nullable Object value(String key, Assignment assignment) {
    Object raw = assignment.raw();
    if (raw == Absent.VALUE) {
      return null;
    }
    boolean isTyped = assignment.origin().layer().compareTo(Origin.Layer.ENVIRONMENT) < 0;
    return isTyped ? raw : typed(key, raw.toString());
  }

  /** Variables and flags are texts only; they are read as YAML values, lists also with commas. */
  private static @Nullable Object typed(String key, String text) {
    @Nullable Parameter<?> parameter = Parameters.all().get(key);
    boolean isList = parameter != null && parameter.key().defaultValue() instanceof Collection<?>;
    if (isList && !text.startsWith("[")) {
      return List.of(text.split(" *, *", -1));
    }
    return YamlText.meaning(key, text);
  }
}
