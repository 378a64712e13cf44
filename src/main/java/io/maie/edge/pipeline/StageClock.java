package io.maie.edge.pipeline;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.pipeline.StageTiming.Outcome;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.StageMonitor;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Announces stages to the monitor and writes down how long each took. */
final class StageClock {
  private final StageMonitor monitor;
  private final Ticker ticker;
  private final List<StageTiming> timings = new ArrayList<>();

  /** The work of a stage. */
  @FunctionalInterface
  interface Work<T> {
    T run(StageContext context) throws ProcessingException, TaskStoppedException, IOException;
  }

  StageClock(StageMonitor monitor, Ticker ticker) {
    this.monitor = monitor;
    this.ticker = ticker;
  }

  /** Runs {@code work} as {@code stage}; it counts as failed if it throws. */
  <T> T time(Stage stage, Work<T> work)
      throws ProcessingException, TaskStoppedException, IOException {
    StageContext context = monitor.enter(stage);
    long start = ticker.nanos();
    Outcome outcome = Outcome.FAILED;
    try {
      context.tick(0);
      T value = work.run(context);
      outcome = Outcome.OK;
      return value;
    } finally {
      timings.add(new StageTiming(stage, Duration.ofNanos(ticker.nanos() - start), outcome));
    }
  }

  void skip(Stage stage) {
    timings.add(new StageTiming(stage, Duration.ZERO, Outcome.SKIPPED));
  }

  /** Tells the monitor that {@code stage}, which not every recording has, will run. */
  void expect(Stage stage) {
    monitor.expects(stage);
  }

  /** Tells the monitor how much audio the following stages have to work on. */
  void audioLength(Duration length) {
    monitor.audioLength(length);
  }

  /** Returns whether the stages shall take as little memory as they can. */
  boolean sparesMemory() {
    return monitor.sparesMemory();
  }

  List<StageTiming> timings() {
    return timings;
  }
}
