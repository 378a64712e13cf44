package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a task, as documents tell it.
 *
 * @param stage the label of the stage it failed in; null if before any
 * @param message a sentence with the expected, the found, and the place
 * @param hint advice to a person
 * @param details machine-readable facts, in order
 */
public record FailureReport(
    FailureCode code,
    @Nullable String stage,
    String message,
    String hint,
    Map<String, String> details) {

  public FailureReport {
    requireNonNull(code, "code is null");
    requireNonNull(message, "message is null");
    requireNonNull(hint, "hint is null");
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
