package io.maie.edge.progress;

import static java.util.Objects.requireNonNull;

import java.io.Serial;

/** Ends a task from outside: no fault of the recording, of a model or of the machine. */
public final class TaskStoppedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Parties that ask for a stop; the next step depends on them. */
  public enum Reason {
    /** Somebody cancelled it: the recording goes to quarantine. */
    CANCELLED,
    /** The daemon shuts down: the task continues at the next start, and no attempt is counted. */
    SHUTDOWN,
    /** Its parameters changed: the task starts again at once, and no attempt is counted. */
    RESTART,
    /** It made no progress for longer than the stall limit, or exceeded its time limit. */
    TIMEOUT
  }

  private final Reason reason;

  public TaskStoppedException(Reason reason, String message) {
    super(message);
    this.reason = requireNonNull(reason, "reason is null");
  }

  public Reason reason() {
    return reason;
  }
}
