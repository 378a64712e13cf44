package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

/** The JSON document of one task: published beside its recording's name, or quarantined with it. */
public sealed interface ResultDocument {

  /** Envelope of both kinds. */
  Envelope envelope();

  /** The document of a task that succeeded, {@code "status": "COMPLETE"}. */
  record Completed(Envelope envelope, Results results, Metrics metrics, Versions versions)
      implements ResultDocument {}

  /** The document of a task that failed, {@code "status": "FAILED"}. */
  record Failed(Envelope envelope, FailureReport error) implements ResultDocument {

    public Failed {
      requireNonNull(envelope, "envelope is null");
      requireNonNull(error, "error is null");
    }
  }
}
