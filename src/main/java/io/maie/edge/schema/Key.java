package io.maie.edge.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One key of a document, declared once with all its properties.
 *
 * @param name the key as written; with its sections and dots before it where a document has
 *     sections
 * @param defaultValue the value unless a document sets another
 * @param description one sentence for the person who writes it, with final stop
 * @param sensitivity the visibility of its value
 */
public record Key<T>(
    String name, ValueType<T> type, T defaultValue, String description, Sensitivity sensitivity) {

  /** Visibility of a value in print. */
  public enum Sensitivity {
    OPEN,
    /** Passwords and keys: never printed, wherever they come from. */
    SECRET
  }

  /** Replacement of a secret in print. */
  public static final String REDACTED = "[redacted]";

  /** The sections that the key lies in; empty if none. */
  public String section() {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** The key within its section. */
  public String label() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  public boolean isSecret() {
    return sensitivity == Sensitivity.SECRET;
  }

  public String defaultText() {
    return show(defaultValue);
  }

  /** The JSON Schema of the value, complete in itself. */
  public Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", description);
    schema.putAll(type.schema());
    return Collections.unmodifiableMap(schema);
  }

  /** The value as a text that may be shown. */
  public String show(T value) {
    boolean hides = isSecret() && !value.equals(defaultValue);
    return hides ? REDACTED : YamlText.shown(type.write(value));
  }
}
