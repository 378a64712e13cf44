package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import java.nio.file.Path;

/** Outcome of one recording. */
public sealed interface RecordingOutcome {

  /** The recording's file name. */
  String name();

  /**
   * Its result was written.
   *
   * @param document the JSON document; other formats lie beside it
   */
  record Published(String name, Path document) implements RecordingOutcome {}

  /**
   * It failed.
   *
   * @param message a sentence with the expected and the found
   * @param hint advice to a person
   */
  record Failed(String name, FailureCode code, String message, String hint)
      implements RecordingOutcome {
    public Failed {
      requireNonNull(name, "name is null");
      requireNonNull(code, "code is null");
      requireNonNull(message, "message is null");
      requireNonNull(hint, "hint is null");
    }
  }
}
