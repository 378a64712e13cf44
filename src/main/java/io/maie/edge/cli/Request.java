package io.maie.edge.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Request of a person to the daemon. */
public sealed interface Request {

  /**
   * Try a recording in {@code failed/} again.
   *
   * @param recording its name, its path below {@code failed/}, or its task id
   */
  record Retry(String recording) implements Request {}

  /** Try every recording in {@code failed/} again. */
  record RetryAll() implements Request {}

  /**
   * Stop a task; its recording goes to {@code failed/}.
   *
   * @param taskOrRecordingOrNull a task id or a recording's name; null = the running task
   */
  record Cancel(@Nullable String taskOrRecordingOrNull) implements Request {

    public Optional<String> taskOrRecording() {
      return Optional.ofNullable(taskOrRecordingOrNull);
    }
  }

  /** Claim nothing more; the running task goes on. */
  record Pause() implements Request {}

  /** Claim again. */
  record Resume() implements Request {}
}
