package io.maie.edge.daemon;

import io.maie.edge.amount.Amounts;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.spool.EntryState;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.InboxView;
import io.maie.edge.time.Sleeper;
import io.maie.edge.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Looks at the inbox again and again. The scan is the truth; the doorbell only makes it come
 * sooner. Runs in a thread of its own, since a network file system may keep it for minutes.
 *
 * <p>Implementation note: Java's watch service reports writing, but not closing. So while somebody
 * has a file open, scans follow a ring in quickly growing steps; each step is at least a few times
 * as long as the last scan took, so that a full inbox does not keep a core busy.
 */
final class ScanLoop {
  private static final Duration FIRST_STEP = Duration.ofMillis(50);

  /** A scan takes at most one part in this many of the time. */
  private static final int LEAST_REST = 5;

  /** A scan that takes longer hangs: tens of thousands of files take a few seconds. */
  private static final Duration LONGEST_SCAN = Duration.ofSeconds(30);

  private final Inbox inbox;
  private final BooleanSupplier locality;
  private final Doorbell doorbell;
  private final ScanOptions options;
  private final Ticker ticker;
  private final WakeUp wakeUp = new WakeUp();

  private volatile Report report;

  /** The time at which the running scan began; the end of the last one while none runs. */
  private volatile long busySinceNanos;

  private volatile boolean isBusy;

  /** True if only this machine writes to the inbox; what others write rings nowhere. */
  private volatile boolean isLocal;

  /** Only used by the scanning thread. */
  private Duration step = FIRST_STEP;

  /**
   * A finished scan.
   *
   * @param startNanos what changed later is not in it
   */
  record Report(InboxView view, long startNanos, long endNanos) {
    Duration took() {
      return Duration.ofNanos(endNanos - startNanos);
    }
  }

  ScanLoop(
      Inbox inbox,
      BooleanSupplier locality,
      Doorbell doorbell,
      ScanOptions options,
      Ticker ticker) {
    this.inbox = inbox;
    this.locality = locality;
    this.doorbell = doorbell;
    this.options = options;
    this.ticker = ticker;
    long now = ticker.nanos();
    this.report = new Report(InboxView.empty(), now, now);
    this.busySinceNanos = now;
  }

  /** Takes {@code view} for the result of a scan, before the first one. */
  void beginWith(InboxView view) {
    long now = ticker.nanos();
    report = new Report(view, now, now);
  }

  /** Scans until interrupted; tells {@code listener} after each scan. */
  void run(Consumer<Report> listener, Sleeper sleeper) {
    BackgroundPass scan = new BackgroundPass("Scanning the inbox", () -> listener.accept(cycle()));
    try {
      while (!Thread.currentThread().isInterrupted()) {
        scan.run();
        boolean rang = wakeUp.await(pause());
        if (rang) {
          step = FIRST_STEP;
          sleeper.sleep(restOfMerging());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One scan. */
  Report cycle() {
    long start = ticker.nanos();
    busySinceNanos = start;
    isBusy = true;
    try {
      InboxView view = inbox.unanswered().orElseGet(this::look);
      Report finished = new Report(view, start, ticker.nanos());
      report = finished;
      return finished;
    } finally {
      busySinceNanos = ticker.nanos();
      isBusy = false;
    }
  }

  private InboxView look() {
    doorbell.ensureWatching(wakeUp::ring);
    InboxView view = inbox.scan();
    isLocal = locality.getAsBoolean();
    return view;
  }

  /** A ring within the merging time after a scan waits for its end, and later ones join it. */
  private Duration restOfMerging() {
    return options.merge().minus(Duration.ofNanos(ticker.nanos() - report.startNanos()));
  }

  /** The longest time to wait for a ring before the next scan. */
  Duration pause() {
    InboxView view = report.view();
    if (isBeingWritten(view)) {
      Duration next = longer(step, report.took().multipliedBy(LEAST_REST));
      step = shorter(step.multipliedBy(2), options.pending());
      return shorter(next, options.pending());
    }
    if (view.isWaiting() || view.problem().isPresent()) {
      return options.pending();
    }
    return idlePause();
  }

  private static boolean isBeingWritten(InboxView view) {
    return view.entries().stream()
        .anyMatch(
            entry ->
                entry.state() == EntryState.OPEN_FOR_WRITING
                    || entry.state() == EntryState.INCOMPLETE
                    || entry.state() == EntryState.EMPTY);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  Duration idlePause() {
    return isWatching() ? options.idle() : options.unwatched();
  }

  /** Returns whether every change rings. */
  boolean isWatching() {
    return isLocal && doorbell.isWatching();
  }

  void ring() {
    wakeUp.ring();
  }

  Report report() {
    return report;
  }

  /** The time that the running scan has taken so far; zero while none runs. */
  Duration busyFor() {
    return isBusy ? Duration.ofNanos(ticker.nanos() - busySinceNanos) : Duration.ZERO;
  }

  /** Returns whether scans still come: none is stuck, and the last one is not too long ago. */
  boolean isAlive() {
    return ticker.nanos() - busySinceNanos <= options.stall().toNanos();
  }

  /** The reasons to stop claiming, if the inbox itself cannot be used. */
  List<String> problems() {
    Duration busy = busyFor();
    if (busy.compareTo(LONGEST_SCAN) > 0) {
      return List.of(
          FailureCode.FOLDER_UNAVAILABLE
              + ": the inbox has not answered for "
              + Amounts.duration(busy)
              + ". Check the disk or the network share");
    }
    return report.view().problem().stream()
        .map(problem -> problem.code() + ": " + problem.message() + ". " + problem.hint())
        .toList();
  }
}
