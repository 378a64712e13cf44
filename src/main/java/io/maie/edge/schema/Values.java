package io.maie.edge.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Values by the keys that they belong to. Not safe for use by several threads while it is filled.
 */
public final class Values {
  private final Map<Key<?>, Object> values = new LinkedHashMap<>();

  public <T> void put(Key<T> key, T value) {
    values.put(key, value);
  }

  /** The keys that have a value. */
  public Set<Key<?>> keys() {
    return Set.copyOf(values.keySet());
  }

  /** The value, or the default of the key if there is none. */
  public <T> T get(Key<T> key) {
    return getOr(key, key.defaultValue());
  }

  /** The value, or {@code other} if there is none; {@link #put} takes no other type. */
  @SuppressWarnings("unchecked")
  public <T> T getOr(Key<T> key, T other) {
    return (T) values.getOrDefault(key, other);
  }
}
