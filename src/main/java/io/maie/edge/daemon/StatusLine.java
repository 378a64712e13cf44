package io.maie.edge.daemon;

import io.maie.edge.telemetry.Status;
import java.time.Duration;

/** A status in one line, for the service manager. */
final class StatusLine {
  private StatusLine() {}

  /** Such as {@code 3 waiting, talk.wav 42 %, ready in 7 min}. */
  static String of(Status status) {
    StringBuilder line = new StringBuilder();
    if (!status.blocked().isEmpty()) {
      line.append(status.blocked().get(0)).append("; ");
    }
    line.append(status.waitingTotal()).append(" waiting");
    Status.Running running = status.running();
    if (running != null) {
      line.append(", ").append(running.name()).append(' ').append(running.percent()).append(" %");
      Long eta = running.etaSeconds();
      if (eta != null) {
        long minutes = Duration.ofSeconds(eta + 59).toMinutes();
        line.append(", ready in ").append(minutes).append(" min");
      }
    }
    return line.toString().replaceAll("\\p{Cntrl}", "?");
  }
}
