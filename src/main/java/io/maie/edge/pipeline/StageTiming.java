package io.maie.edge.pipeline;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.Stage;
import java.time.Duration;

/** Time that a stage took, and its end. */
public record StageTiming(Stage stage, Duration duration, Outcome outcome) {

  /** Ends of a stage. */
  public enum Outcome {
    OK,
    /** Not asked for, or nothing to do. */
    SKIPPED,
    /** Failed without failing the task. */
    FAILED
  }

  public StageTiming {
    requireNonNull(stage, "stage is null");
    requireNonNull(duration, "duration is null");
    requireNonNull(outcome, "outcome is null");
  }
}
