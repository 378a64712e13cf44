package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.time.Ticker;
import java.time.Duration;

/** A line of progress on standard error that is drawn over. Not thread-safe. */
final class DrawnLine {
  private static final int BAR = 24;

  /** Shortest time between two drawings; more only cost time. */
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

  private static final String ERASE_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private final Ticker ticker;
  private long lastDrawn;

  DrawnLine(Terminal terminal, Ticker ticker) {
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
  }

  /** Returns whether the line was last drawn long enough ago. */
  boolean isDue() {
    return ticker.nanos() - lastDrawn >= REDRAW_NANOS;
  }

  void draw(String line) {
    lastDrawn = ticker.nanos();
    terminal.err().print(ERASE_LINE + Terminal.printable(line));
    terminal.err().flush();
  }

  /** Removes the line, so that ordinary lines can follow. */
  void clear() {
    if (terminal.interactive()) {
      terminal.err().print(ERASE_LINE);
      terminal.err().flush();
    }
  }

  /** {@code [####----] 50 %} for a share of 0 to 1. */
  static String bar(double fraction) {
    int full = (int) Math.round(fraction * BAR);
    return "[%s] %5s"
        .formatted(
            "#".repeat(full) + "-".repeat(BAR - full), Amounts.percent(Math.round(fraction * 100)));
  }
}
