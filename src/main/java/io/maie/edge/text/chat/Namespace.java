package io.maie.edge.text.chat;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names that a template sets inside a loop and reads after it; Jinja's {@code namespace}. */
final class Namespace {
  private final Map<String, Object> values;

  Namespace(Map<String, Object> values) {
    this.values = new LinkedHashMap<>(values);
  }

  Object get(String name) {
    return values.getOrDefault(name, Absent.UNDEFINED);
  }

  void set(String name, Object value) {
    values.put(name, value);
  }
}
