package io.maie.edge.request;

import io.maie.edge.schema.Key;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a recording: its key, and its place among all parameters.
 *
 * @param value its value in given parameters
 */
public record Parameter<T>(Key<T> key, Function<RecordingParameters, T> value) {

  /** The key as it is written. */
  public String label() {
    return key.name();
  }

  /** One sentence for the documentation. */
  public String description() {
    return key.description();
  }

  /** The JSON Schema of the value, complete in itself. */
  public Map<String, Object> schema() {
    return key.schema();
  }

  boolean isDefault(RecordingParameters parameters) {
    return value.apply(parameters).equals(key.defaultValue());
  }

  /** The value as documents hold it. */
  @Nullable Object written(RecordingParameters parameters) {
    return key.type().write(value.apply(parameters));
  }
}
