package io.maie.edge.schema;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A value that its key cannot have; the message says what was expected. */
public final class InvalidValueException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public InvalidValueException(String message) {
    super(message);
  }

  /** Expected one thing, found another. */
  public static InvalidValueException expected(String expectation, @Nullable Object found) {
    return new InvalidValueException("expected " + expectation + ", found " + shown(found));
  }

  /** A value as it is written, texts in quotes. */
  public static String shown(@Nullable Object value) {
    return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
  }
}
