package io.maie.edge.schema;

import io.maie.edge.schema.Key.Sensitivity;
import java.util.ArrayList;
import java.util.List;

/** Keys in the order in which they are declared, which is that of their documents. */
public final class Keys {
  private final List<Key<?>> all = new ArrayList<>();

  /** Declares a key whose value may be shown. */
  public <T> Key<T> open(String name, ValueType<T> type, T defaultValue, String description) {
    return add(new Key<>(name, type, defaultValue, description, Sensitivity.OPEN));
  }

  /** Declares a key whose value is never shown. */
  public <T> Key<T> secret(String name, ValueType<T> type, T defaultValue, String description) {
    return add(new Key<>(name, type, defaultValue, description, Sensitivity.SECRET));
  }

  /** All that were declared. */
  public List<Key<?>> all() {
    return List.copyOf(all);
  }

  private <T> Key<T> add(Key<T> key) {
    all.add(key);
    return key;
  }
}
