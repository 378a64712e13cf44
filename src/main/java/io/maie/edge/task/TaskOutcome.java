package io.maie.edge.task;

import io.maie.edge.failure.FailureCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Outcome of a task for now. */
public sealed interface TaskOutcome {

  Task task();

  /** Its documents are in the outbox and its recording is in the archive. */
  record Published(Task task, HistoryEntry entry) implements TaskOutcome {}

  /** It failed; its recording and the explanation are in quarantine. */
  record Quarantined(Task task, HistoryEntry entry) implements TaskOutcome {}

  /** It changed while it was processed, or vanished; the work folder no longer holds it. */
  record Returned(Task task, String reason) implements TaskOutcome {}

  /**
   * It stays in the work folder and continues later.
   *
   * @param codeOrNull what ails the installation, for {@link Cause#INSTALLATION}
   * @param reason a sentence for people
   */
  record Deferred(Task task, Cause cause, @Nullable FailureCode codeOrNull, String reason)
      implements TaskOutcome {

    /** Causes for continuing later. */
    public enum Cause {
      /** The daemon stops. */
      SHUTDOWN,
      /** The fault may go away by itself; see {@link TaskFacts#notBefore}. Others go on. */
      RETRY,
      /** The installation cannot go on: claiming stops until it can. */
      INSTALLATION
    }

    public Optional<FailureCode> code() {
      return Optional.ofNullable(codeOrNull);
    }
  }
}
