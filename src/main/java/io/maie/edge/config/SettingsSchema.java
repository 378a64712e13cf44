package io.maie.edge.config;

import io.maie.edge.request.Parameters;
import io.maie.edge.schema.JsonSchema;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.SchemaDocument;
import java.util.LinkedHashMap;
import java.util.Map;

/** The schema with which editors know {@code maie-edge.yaml}, made from the keys. */
public final class SettingsSchema {
  private SettingsSchema() {}

  /** The schema of settings files and of profiles. */
  public static SchemaDocument document() {
    return new SchemaDocument(
        "settings:1",
        "Settings of MAIE Edge",
        "Keys of maie-edge.yaml and of profiles. 'maie-edge config check' also checks what no"
            + " schema can say: whether the settings fit together, and times in their ranges.",
        JsonSchema.orNull(JsonSchema.object(sections(""))));
  }

  /** The sections right below {@code parent}, which is empty for the document. */
  private static Map<String, Object> sections(String parent) {
    Map<String, Object> sections = new LinkedHashMap<>();
    SettingSections.SENTENCES.forEach(
        (section, sentence) -> {
          if (section.substring(0, Math.max(0, section.lastIndexOf('.'))).equals(parent)) {
            Map<String, Object> properties = keys(section);
            properties.putAll(sections(section));
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("description", sentence);
            described.putAll(JsonSchema.orNull(JsonSchema.object(properties)));
            sections.put(section.substring(section.lastIndexOf('.') + 1), described);
          }
        });
    return sections;
  }

  private static Map<String, Object> keys(String section) {
    Map<String, Object> keys = new LinkedHashMap<>();
    KnownSettings.OF_PROGRAM.all().stream()
        .filter(key -> key.section().equals(section))
        .forEach(key -> keys.put(key.label(), schema(key)));
    if (section.equals(KnownSettings.DEFAULTS)) {
      Parameters.all().forEach((name, parameter) -> keys.put(name, schema(parameter.key())));
    }
    return keys;
  }

  private static <T> Map<String, Object> schema(Key<T> key) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("title", key.type().label());
    schema.putAll(key.schema());
    schema.put("default", key.type().write(key.defaultValue()));
    if (key.isSecret()) {
      schema.put("writeOnly", true);
    }
    return schema;
  }
}
