package io.maie.edge.daemon;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.time.Ticker;
import java.time.Duration;
import java.util.List;

/**
 * Keeps the gate closed after a task met a fault of the installation. It opens for another try when
 * all checks are fine again and a pause is over, which doubles while the try meets a fault again.
 * Thread-safe.
 */
final class FaultBackoff {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final ClaimGate gate;
  private final Ticker ticker;

  /** Faults since the last success; guarded by this. */
  private int faults;

  /** Guarded by this. */
  private long retryNanos;

  FaultBackoff(ClaimGate gate, Ticker ticker) {
    this.gate = gate;
    this.ticker = ticker;
  }

  synchronized void fault(FailureCode code, String message) {
    Duration pause = FIRST_PAUSE;
    for (int i = 0; i < faults && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    faults++;
    retryNanos = ticker.nanos() + bounded.toNanos();
    gate.set(ClaimGate.Blocker.FAULT, List.of(code + ": " + message));
  }

  /** A task went well: the next fault is a new one. */
  synchronized void success() {
    faults = 0;
  }

  /** Opens the gate for another try if the time has come. */
  synchronized void review(boolean checksAreFine) {
    if (checksAreFine && ticker.nanos() - retryNanos >= 0) {
      gate.set(ClaimGate.Blocker.FAULT, List.of());
    }
  }
}
