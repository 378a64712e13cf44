package io.maie.edge.durable;

import static java.util.Objects.requireNonNull;

import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a folder that may hang, like one on a network file system whose server is away. Nothing
 * in Java ends such a call, so it runs in a thread of its own, which is left behind when the time
 * is over. While one hangs, no other begins. A busy machine, on which even the thread that waits is
 * served late, gets more time: its folders answer as soon as anybody does. Thread-safe.
 *
 * <p>A process does not end while one of its threads waits for the server of a FUSE file system. So
 * another process asks that server first.
 */
public final class HangGuard {
  /** The longest time for a look at a healthy folder. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  /** Between two looks at the clock, from which it shows how late this thread is served. */
  private static final long SLICE_NANOS = Duration.ofMillis(50).toNanos();

  /** The limit of a machine that is busy beyond measure, in usual limits. */
  private static final int MOST_LIMITS = 20;

  private final Path folder;
  private final Duration limit;
  private final Ticker ticker;
  private final FuseServers servers;

  /** The call that was given up, as long as it hangs; guarded by this. */
  private @Nullable FutureTask<?> hanging;

  /** Gives up after three seconds. */
  public HangGuard(Path folder) {
    this(folder, LIMIT, Ticker.system(), FuseServers.ofThisMachine());
  }

  HangGuard(Path folder, Duration limit, Ticker ticker, FuseServers servers) {
    this.servers = requireNonNull(servers, "servers is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.folder = requireNonNull(folder, "folder is null");
    this.limit = requireNonNull(limit, "limit is null");
  }

  /** Something that touches the folder. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws IOException;
  }

  /**
   * Returns what {@code call} returns.
   *
   * @throws FileSystemException with the reason {@value StorageFailure#NO_ANSWER} if the folder
   *     does not answer in time, or still owes an earlier answer
   */
  public synchronized <T> T call(Call<T> call) throws IOException {
    if (hanging != null && !hanging.isDone()) {
      throw noAnswer();
    }
    hanging = null;
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              servers.awaitAnswer(folder);
              return call.run();
            });
    Thread thread = new Thread(task, "looks at " + folder.getFileName());
    thread.setDaemon(true);
    thread.start();
    try {
      return await(task);
    } catch (TimeoutException e) {
      hanging = task;
      throw noAnswer();
    } catch (InterruptedException e) {
      hanging = task;
      Thread.currentThread().interrupt();
      throw noAnswer();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  /**
   * Returns whether the folder lies on FUSE and its server does not answer. Looks at no other
   * folder, and touches none.
   */
  public boolean isSilent() {
    if (servers.mountPointOf(folder).isEmpty()) {
      return false;
    }
    try {
      return !call(() -> true);
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Makes sure that calls come back from the folder, as far as {@link #isSilent} knows.
   *
   * @throws FileSystemException with the reason {@value StorageFailure#NO_ANSWER} if it is silent
   */
  public void requireAnswer() throws IOException {
    if (isSilent()) {
      throw noAnswer();
    }
  }

  /** Waits for the limit; a wait that took longer than asked counts for less. */
  private <T> T await(FutureTask<T> task)
      throws InterruptedException, ExecutionException, TimeoutException {
    long limitNanos = limit.toNanos();
    long start = ticker.nanos();
    double waited = 0;
    for (long now = start; ; ) {
      try {
        return task.get(SLICE_NANOS, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        long before = now;
        now = ticker.nanos();
        waited += (double) SLICE_NANOS * SLICE_NANOS / Math.max(SLICE_NANOS, now - before);
        if (waited >= limitNanos || now - start >= MOST_LIMITS * limitNanos) {
          throw e;
        }
      }
    }
  }

  private FileSystemException noAnswer() {
    return new FileSystemException(folder.toString(), null, StorageFailure.NO_ANSWER);
  }

  private static IOException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof IOException failure) {
      return failure;
    }
    throw new IllegalStateException("looking at a folder failed unexpectedly", e.getCause());
  }
}
