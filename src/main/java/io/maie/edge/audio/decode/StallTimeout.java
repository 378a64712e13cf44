package io.maie.edge.audio.decode;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.time.Ticker;
import io.maie.edge.time.WatchedTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;

/**
 * Waits for work in another thread as long as it shows signs of life, and looks up meanwhile to see
 * whether the task should stop.
 */
final class StallTimeout {
  /** The longest time for which a stop or a stall may go unnoticed. */
  private static final long LOOK_MILLIS = 50;

  /** No busy machine delays a look for longer; a suspended one does. */
  private static final Duration LATEST_LOOK = Duration.ofSeconds(1);

  private final Ticker ticker;
  private final Duration limit;
  private final String program;

  /**
   * @param limit how long {@code program} may show no sign of life
   */
  StallTimeout(Ticker ticker, Duration limit, String program) {
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.limit = requireNonNull(limit, "limit is null");
    this.program = requireNonNull(program, "program is null");
  }

  /**
   * Returns what {@code work} returns, or throws what it throws.
   *
   * @param look asked several times a second
   * @throws ProcessingException {@code STAGE_TIMEOUT} after too long without a sign of life; time
   *     for which the machine or the program was suspended does not count
   */
  <T> T await(Future<T> work, Look look)
      throws ProcessingException, TaskStoppedException, IOException {
    long seen = look.life();
    WatchedTime time = new WatchedTime(ticker, LATEST_LOOK);
    long seenNanos = 0;
    while (true) {
      try {
        return work.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        look.throwIfStopped();
        long nanos = time.look();
        long now = look.life();
        if (now != seen) {
          seen = now;
          seenNanos = nanos;
          look.moved();
        }
        requireLife(nanos - seenNanos);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TaskStoppedException(
            TaskStoppedException.Reason.SHUTDOWN, "interrupted while " + program + " ran");
      } catch (ExecutionException e) {
        throw unwrapped(e);
      }
    }
  }

  private void requireLife(long silentNanos) throws ProcessingException {
    if (silentNanos > limit.toNanos()) {
      throw new ProcessingException(
          FailureCode.STAGE_TIMEOUT,
          "Expected "
              + program
              + " to go on, found no sign of life for "
              + limit.toMillis()
              + " ms",
          "Try the recording again; if it stalls again, convert it with another program");
    }
  }

  /** Rethrows the cause as what it is; only what cannot be thrown here is returned. */
  private static IllegalStateException unwrapped(ExecutionException e)
      throws ProcessingException, IOException {
    Throwable cause = e.getCause();
    if (cause instanceof ProcessingException failure) {
      throw failure;
    }
    if (cause instanceof IOException failure) {
      throw failure;
    }
    return new IllegalStateException("unexpected failure of a decoding thread", cause);
  }

  /** Told how the work is going on. */
  interface Look {
    void throwIfStopped() throws TaskStoppedException;

    /** A number that changes while things go on; short work shows no life until it is done. */
    default long life() {
      return 0;
    }

    /** There was a sign of life. */
    void moved();

    /** Stops when {@code context} says so; reports a share on every sign of life. */
    static Look stopping(StageContext context, DoubleSupplier share) {
      return new Look() {
        @Override
        public void throwIfStopped() throws TaskStoppedException {
          context.cancellation().throwIfStopped();
        }

        @Override
        public void moved() {
          context.progress().report(share.getAsDouble());
        }
      };
    }
  }
}
