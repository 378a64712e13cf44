package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.progress.TransferProgress;
import io.maie.edge.time.Ticker;
import java.time.Duration;

/**
 * Shows the progress of a transfer: on a terminal one line that is drawn over, elsewhere a plain
 * line at the start and at every tenth. Written to standard error, so that answers can be piped.
 */
final class TransferLine implements TransferProgress {
  /** Before this an estimate would be a guess. */
  private static final Duration ESTIMATE_FROM = Duration.ofSeconds(2);

  private static final int TENTHS = 10;

  private final String name;
  private final Terminal terminal;
  private final Ticker ticker;
  private final DrawnLine line;
  private long planned;

  /** Bytes present before the first one came; −1 until that is known. */
  private long atStart = -1;

  private long startNanos;
  private long tenth;

  TransferLine(String name, Terminal terminal, Ticker ticker) {
    this.name = requireNonNull(name, "name is null");
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.line = new DrawnLine(terminal, ticker);
  }

  @Override
  public void planned(int files, long bytes) {
    planned = bytes;
    terminal.complain("%s: %d files, %s".formatted(name, files, Amounts.bytes(bytes)));
  }

  @Override
  public void reached(long bytes) {
    if (atStart < 0) {
      atStart = bytes;
      startNanos = ticker.nanos();
    }
    boolean isEnd = bytes == planned;
    if (terminal.interactive() && (isEnd || line.isDue())) {
      line.draw(DrawnLine.bar(fraction(bytes)) + "  " + amounts(bytes) + rate(bytes));
    } else if (!terminal.interactive() && tenths(bytes) > tenth) {
      tenth = tenths(bytes);
      terminal.complain(
          "%s: %s, %s".formatted(name, Amounts.percent(tenth * TENTHS), amounts(bytes)));
    }
  }

  @Override
  public void waiting(String reason, Duration pause) {
    line.clear();
    terminal.complain(
        "%s: %s; trying again in %s".formatted(name, reason, Amounts.duration(pause)));
  }

  /** Removes the bar, so that ordinary lines can follow. */
  void clear() {
    line.clear();
  }

  private double fraction(long bytes) {
    return planned == 0 ? 1 : Math.min(1, (double) bytes / planned);
  }

  private long tenths(long bytes) {
    return (long) (fraction(bytes) * TENTHS);
  }

  private String amounts(long bytes) {
    return Amounts.bytes(bytes) + " of " + Amounts.bytes(planned);
  }

  private String rate(long bytes) {
    long nanos = ticker.nanos() - startNanos;
    long gained = bytes - atStart;
    if (nanos < ESTIMATE_FROM.toNanos() || gained <= 0) {
      return "";
    }
    double perNano = (double) gained / nanos;
    Duration left = Duration.ofNanos((long) ((planned - bytes) / perNano));
    long perSecond = (long) (perNano * Duration.ofSeconds(1).toNanos());
    return "  %s/s  %s left".formatted(Amounts.bytes(perSecond), Amounts.duration(left));
  }
}
