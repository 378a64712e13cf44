package io.maie.edge.request;

import static java.util.stream.Collectors.joining;

import io.maie.edge.schema.JsonSchema;
import io.maie.edge.schema.SchemaDocument;
import java.util.LinkedHashMap;
import java.util.Map;

/** The schemas with which editors know sidecars and folder profiles, made from the keys. */
public final class ParameterSchemas {
  private ParameterSchemas() {}

  /** The schema of {@code <recording>.job.json}. */
  public static SchemaDocument sidecar() {
    return new SchemaDocument(
        "parameters:1",
        "Parameters of one recording",
        "Keys of a sidecar (<recording>.job.json). A folder profile (_folder.yaml) may say the"
            + " same, and besides "
            + FolderRules.BY_NAME.values().stream()
                .map(key -> "'%s' (%s)".formatted(key.name(), key.type().label()))
                .sorted()
                .collect(joining(" and "))
            + ". Null takes back what a weaker layer says.",
        JsonSchema.object(parameters()));
  }

  /** The schema of {@code _folder.yaml}. */
  public static SchemaDocument folderProfile() {
    Map<String, Object> properties = new LinkedHashMap<>();
    FolderRules.KEYS.all().forEach(key -> properties.put(key.name(), key.schema()));
    properties.putAll(parameters());
    return new SchemaDocument(
        "folder:1",
        "Parameters of the recordings in one folder",
        "Keys of a folder profile (_folder.yaml). The sidecar of a recording wins. Null takes back"
            + " what a weaker layer says.",
        JsonSchema.orNull(JsonSchema.object(properties)));
  }

  private static Map<String, Object> parameters() {
    Map<String, Object> properties = new LinkedHashMap<>();
    Parameters.all().forEach((name, parameter) -> properties.put(name, parameter.schema()));
    return properties;
  }
}
