package io.maie.edge.failure;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure with a code that users can look up. The message gives the expected, the found and the
 * place; the hint is advice to a person.
 */
public final class ProcessingException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final FailureCode code;
  private final @Nullable String hint;

  /** Insertion-ordered; the values are strings so that the exception stays serializable. */
  private final LinkedHashMap<String, String> details = new LinkedHashMap<>();

  public ProcessingException(FailureCode code, String message) {
    this(code, message, null, null);
  }

  public ProcessingException(FailureCode code, String message, String hint) {
    this(code, message, hint, null);
  }

  public ProcessingException(
      FailureCode code, String message, @Nullable String hint, @Nullable Throwable cause) {
    super(requireNonNull(message, "message is null"), cause);
    this.code = requireNonNull(code, "code is null");
    this.hint = hint;
  }

  /** Adds a machine-readable fact, and returns this exception. */
  public ProcessingException withDetail(String name, Object value) {
    details.put(name, String.valueOf(value));
    return this;
  }

  public FailureCode code() {
    return code;
  }

  /** Advice for a person. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /** Machine-readable facts, in the order they were added. */
  public Map<String, String> details() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
