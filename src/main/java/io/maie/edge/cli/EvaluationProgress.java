package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.Stage;
import io.maie.edge.time.Ticker;

/**
 * Shows how many recordings of an evaluation are done: on a terminal one line that is drawn over,
 * elsewhere a plain line per recording. Written to standard error.
 */
final class EvaluationProgress implements RecordingListener {
  private final Terminal terminal;
  private final DrawnLine line;
  private final int recordings;
  private int begun;

  EvaluationProgress(Terminal terminal, Ticker ticker, int recordings) {
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.line = new DrawnLine(terminal, ticker);
    this.recordings = recordings;
  }

  @Override
  public synchronized void started(String name) {
    begun++;
    if (terminal.interactive()) {
      line.draw(
          "%s  %d of %d  %s"
              .formatted(DrawnLine.bar((begun - 1.0) / recordings), begun, recordings, name));
    } else {
      terminal.complain("%d of %d: %s".formatted(begun, recordings, name));
    }
  }

  @Override
  public void progressed(String name, Stage stage, double fraction) {
    // recordings of an evaluation are short: the line tells how many are done
  }

  @Override
  public void finished(RecordingOutcome outcome) {
    // the next one, or clear(), draws over the line
  }

  /** Removes the line, so that ordinary lines can follow. */
  synchronized void clear() {
    line.clear();
  }
}
