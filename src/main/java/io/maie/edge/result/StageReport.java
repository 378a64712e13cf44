package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Time that a stage took.
 *
 * @param name its label, such as {@code decode}
 * @param outcome {@code ok}, {@code skipped} or {@code failed}
 */
public record StageReport(String name, Duration duration, String outcome) {

  public StageReport {
    requireNonNull(name, "name is null");
    requireNonNull(duration, "duration is null");
    requireNonNull(outcome, "outcome is null");
  }
}
