package io.maie.edge.telemetry;

import java.util.LinkedHashSet;
import java.util.Set;

/** A status as monitors ask for it: one line if all is well, else a line for every reason. */
public final class HealthText {
  /** Begins the only line of a text about good health. */
  public static final String HEALTHY = "healthy: ";

  private static final String UNHEALTHY = "unhealthy: ";

  private HealthText() {}

  /** UTF-8 text with line feeds. */
  public static String of(Status status) {
    if (status.isHealthy()) {
      return HEALTHY + status.state() + "\n";
    }
    Set<String> reasons = new LinkedHashSet<>(status.blocked());
    for (Status.CheckResult check : status.checks()) {
      if (check.level() == Check.Level.FAILURE) {
        String hint = check.hint() == null ? "" : ". " + check.hint();
        reasons.add(check.name() + ": " + check.message() + hint);
      }
    }
    if (reasons.isEmpty()) {
      reasons.add(status.state().sentence());
    }
    StringBuilder text = new StringBuilder();
    reasons.forEach(
        reason -> text.append(UNHEALTHY).append(reason.replaceAll("\\p{Cntrl}", "?")).append('\n'));
    return text.toString();
  }
}
