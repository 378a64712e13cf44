package io.maie.edge.text.chat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names that are set, those of the loops around included, and the text so far. */
final class Scope {
  private final Map<String, Object> values = new HashMap<>();
  private final @Nullable Scope outer;
  private final Output output;

  /** Scope of a whole template. */
  Scope(Map<String, Object> values, Output output) {
    this.values.putAll(values);
    this.output = output;
    outer = null;
  }

  private Scope(Scope outer, Output output) {
    this.outer = outer;
    this.output = output;
  }

  /** A scope whose names are forgotten at its end. */
  Scope inner() {
    return new Scope(this, output);
  }

  /** A scope that writes to a text of its own. */
  Scope writingTo(Output other) {
    return new Scope(this, other);
  }

  Output output() {
    return output;
  }

  Object get(String name) {
    Object value = values.get(name);
    if (value != null) {
      return value;
    }
    return outer == null ? Absent.UNDEFINED : outer.get(name);
  }

  void set(String name, Object value) {
    values.put(name, value);
  }
}
