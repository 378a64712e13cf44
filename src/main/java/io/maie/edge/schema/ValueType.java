package io.maie.edge.schema;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The kind of value that a key has.
 *
 * @param label its name in the documentation
 * @param schema its JSON Schema; empty if none is needed
 * @param reader from a value as written: a text, a number, a boolean, a list, an object, null
 * @param writer to a value that the reader reads as the same, as a document holds it
 */
public record ValueType<T>(
    String label,
    Map<String, Object> schema,
    Reader<T> reader,
    Function<T, ? extends @Nullable Object> writer) {

  /** Reads a value that may have parts; its result is ignored if {@code findings} were added to. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(@Nullable Object raw, Findings findings) throws InvalidValueException;
  }

  public ValueType {
    requireNonNull(label, "label is null");
    schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
    requireNonNull(reader, "reader is null");
    requireNonNull(writer, "writer is null");
  }

  /** The same values in another form. */
  public <U> ValueType<U> as(Function<T, U> to, Function<U, T> from) {
    return new ValueType<>(
        label,
        schema,
        (raw, findings) -> to.apply(read(raw, findings)),
        value -> write(from.apply(value)));
  }

  /** Reads a part of another value. */
  public T read(@Nullable Object raw, Findings findings) throws InvalidValueException {
    return reader.read(raw, findings);
  }

  /** The value as a document holds it. */
  public @Nullable Object write(T value) {
    return writer.apply(value);
  }
}
