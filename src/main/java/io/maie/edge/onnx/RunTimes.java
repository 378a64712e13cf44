package io.maie.edge.onnx;

import java.time.Duration;

/**
 * Runs of a model so far.
 *
 * @param runs the number of runs
 * @param total the time of the runs inside ONNX Runtime
 */
public record RunTimes(long runs, Duration total) {

  /** Both together. */
  public RunTimes plus(RunTimes other) {
    return new RunTimes(runs + other.runs, total.plus(other.total));
  }

  /** The runs that came after {@code before}. */
  public RunTimes since(RunTimes before) {
    return new RunTimes(runs - before.runs, total.minus(before.total));
  }
}
