package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.Stage;
import io.maie.edge.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Shows how recordings come along: on a terminal one line that is drawn over, elsewhere a plain
 * line per stage. Written to standard error, so that answers can be piped.
 */
final class ProgressLine implements RecordingListener {
  private static final int BAR = 24;

  /** A bar that is drawn more often only costs time. */
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

  /** Below this share an estimate would be a guess. */
  private static final double ESTIMATE_FROM = 0.05;

  private static final String ERASE_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private final Ticker ticker;
  private @Nullable Stage stage;
  private long stageStart;
  private long lastDrawn;

  ProgressLine(Terminal terminal, Ticker ticker) {
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
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
      if (entered || now - lastDrawn >= REDRAW_NANOS) {
        lastDrawn = now;
        draw(bar(name, current, fraction, now));
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
    if (terminal.interactive()) {
      terminal.err().print(ERASE_LINE);
      terminal.err().flush();
    }
  }

  private void draw(String line) {
    terminal.err().print(ERASE_LINE + Terminal.printable(line));
    terminal.err().flush();
  }

  private String bar(String name, Stage current, double fraction, long now) {
    int full = (int) Math.round(fraction * BAR);
    String bar = "#".repeat(full) + "-".repeat(BAR - full);
    String line =
        "[%s] %3d %%  %-6s  %s".formatted(bar, Math.round(fraction * 100), current.label(), name);
    if (fraction < ESTIMATE_FROM) {
      return line;
    }
    double left = (now - stageStart) * (1 - fraction) / fraction;
    return line + "  " + Amounts.time(Duration.ofNanos((long) left)) + " left";
  }
}
