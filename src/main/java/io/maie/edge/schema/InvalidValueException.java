package io.maie.edge.schema;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A value that its key cannot have; the message says what was expected. */
public final class InvalidValueException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String expectation;
  private final String found;

  private InvalidValueException(String expectation, String found) {
    super("expected " + expectation + ", found " + found);
    this.expectation = expectation;
    this.found = found;
  }

  /** Expected one thing, found another. */
  public static InvalidValueException expected(String expectation, @Nullable Object found) {
    return new InvalidValueException(expectation, Findings.describe(found));
  }

  /** The same, where another thing would have been right as well. */
  InvalidValueException or(Object alternative) {
    return new InvalidValueException(expectation + ", or " + alternative, found);
  }

  /** The same with an advice behind it. */
  InvalidValueException with(String suggestion) {
    return new InvalidValueException(expectation, found + suggestion);
  }
}
