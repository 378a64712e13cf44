package io.maie.edge.pipeline;

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
}
