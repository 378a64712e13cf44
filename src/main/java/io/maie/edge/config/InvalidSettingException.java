package io.maie.edge.config;

import java.io.Serial;

/** A value that its setting cannot have; the message says what was expected. */
final class InvalidSettingException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  InvalidSettingException(String message) {
    super(message);
  }

  /** Expected one thing, found another. */
  static InvalidSettingException expected(String expectation, Object found) {
    String shown = found instanceof String text ? "'" + text + "'" : String.valueOf(found);
    return new InvalidSettingException("expected " + expectation + ", found " + shown);
  }
}
