package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.TransferProgress;
import io.maie.edge.time.Sleeper;
import java.time.Duration;

/** Counts the failures of one transfer, waits between attempts, and gives up in the end. */
final class Retries {
  /** An attempt that got this far was worth it, and the count starts again. */
  private static final long HEADWAY_BYTES = 1_000_000;

  private final HubOptions options;
  private final Sleeper sleeper;
  private final TransferProgress progress;
  private int failures;

  Retries(HubOptions options, Sleeper sleeper, TransferProgress progress) {
    this.options = requireNonNull(options, "options is null");
    this.sleeper = requireNonNull(sleeper, "sleeper is null");
    this.progress = requireNonNull(progress, "progress is null");
  }

  /**
   * Waits after a failure; returns when the next attempt is due.
   *
   * @param gainedBytes the bytes that the attempt brought
   * @throws HubException if it was the last attempt
   */
  void pauseAfter(ConnectionBrokenException failure, long gainedBytes)
      throws HubException, InterruptedException {
    failures = gainedBytes >= HEADWAY_BYTES ? 1 : failures + 1;
    if (failures >= options.attempts()) {
      throw new HubException(
          HubException.Kind.UNREACHABLE,
          "%s; gave up after %d attempts".formatted(failure.getMessage(), failures),
          "Run the same command again later: the fetched part is kept, and the pull resumes there",
          failure);
    }
    Duration pause = pause(failure.wish());
    progress.waiting(String.valueOf(failure.getMessage()), pause);
    sleeper.sleep(pause);
  }

  private Duration pause(Duration wish) {
    Duration own = shorter(options.firstPause().multipliedBy(1L << Math.min(failures - 1, 20)));
    Duration wished = shorter(wish);
    return wished.compareTo(own) > 0 ? wished : own;
  }

  private Duration shorter(Duration pause) {
    return pause.compareTo(options.longestPause()) < 0 ? pause : options.longestPause();
  }
}
