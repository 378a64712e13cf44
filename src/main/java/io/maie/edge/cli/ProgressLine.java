package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.progress.Stage;
import io.maie.edge.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of recordings: on a terminal one line that is drawn over, elsewhere a plain
 * line per stage. Written to standard error, so that answers can be piped.
 */
final class ProgressLine implements RecordingListener {
  /** Below this share an estimate would be a guess. */
  private static final double ESTIMATE_FROM = 0.05;

  private final Terminal terminal;
  private final Ticker ticker;
  private final DrawnLine line;
  private @Nullable Stage stage;
  private long stageStart;

  ProgressLine(Terminal terminal, Ticker ticker) {
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.line = new DrawnLine(terminal, ticker);
  }

  @Override
  public synchronized void started(String name) {
    stage = null;
    if (!terminal.interactive()) {
      terminal.complain(name + ": started");
    }
  }

  @Override
  public synchronized void progressed(String name, Stage current, double fraction) {
    long now = ticker.nanos();
    boolean entered = current != stage;
    if (entered) {
      stage = current;
      stageStart = now;
    }
    if (terminal.interactive()) {
      if (entered || line.isDue()) {
        line.draw(bar(name, current, fraction, now));
      }
    } else if (entered) {
      terminal.complain(name + ": " + current.label());
    }
  }

  @Override
  public synchronized void finished(RecordingOutcome outcome) {
    stage = null;
    clear();
  }

  /** Removes the bar, so that ordinary lines can follow. */
  synchronized void clear() {
    line.clear();
  }

  private String bar(String name, Stage current, double fraction, long now) {
    String shown = "%s  %-6s  %s".formatted(DrawnLine.bar(fraction), current.label(), name);
    if (fraction < ESTIMATE_FROM) {
      return shown;
    }
    double left = (now - stageStart) * (1 - fraction) / fraction;
    return shown + "  " + Amounts.duration(Duration.ofNanos((long) left)) + " left";
  }
}
