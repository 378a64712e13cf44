package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.time.Ticker;
import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/**
 * Rings when directory-watcher reports anything at all: an event, an exception, or its own end.
 *
 * <p>Implementation note: the library cannot report that events were lost (it fails with a null
 * pointer instead, which arrives as an exception and rings), ends quietly when the folder
 * disappears, and goes on watching the old folder when another takes its place. So nothing depends
 * on what it reports; a watcher that has ended, or whose folder is another one now, is replaced at
 * the next call, after a pause if that failed before.
 */
public final class WatcherDoorbell implements Doorbell {
  private static final Logger LOG = LoggerFactory.getLogger(WatcherDoorbell.class);

  /** A watcher that ends at once must not be replaced at once, since its end rings. */
  private static final Duration PAUSE_BETWEEN_STARTS = Duration.ofSeconds(5);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

  private final Path folder;
  private final Ticker ticker;
  private final Executor executor;

  /** Guarded by this; null while nothing watches. */
  private @Nullable DirectoryWatcher watcher;

  /** Ends when the watcher does; guarded by this. */
  private @Nullable CompletableFuture<Void> watching;

  /** Identity of the folder that is watched; guarded by this. */
  private @Nullable Object watchedKey;

  /** Earliest next try after a failure; guarded by this. */
  private long notBeforeNanos;

  /** True if a failure has been told already; guarded by this. */
  private boolean hasWarned;

  public WatcherDoorbell(Path folder, Ticker ticker, ThreadFactory threads) {
    this.folder = requireNonNull(folder, "folder is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.executor = task -> threads.newThread(task).start();
    this.notBeforeNanos = ticker.nanos();
  }

  /** Touches the folder without the lock, since a folder that hangs must not hold up a stop. */
  @Override
  public void ensureWatching(Runnable ring) {
    Object key = keyOfFolder();
    if (key == null || !isToBeReplaced(key)) {
      return;
    }
    close();
    try {
      DirectoryWatcher fresh =
          DirectoryWatcher.builder()
              .path(folder)
              .fileHashing(false)
              .logger(NOPLogger.NOP_LOGGER)
              .listener(new RingingListener(ring))
              .build();
      replace(fresh, key, ring);
    } catch (IOException e) {
      failed(e);
    }
  }

  private synchronized boolean isToBeReplaced(Object key) {
    boolean isFine = isWatching() && key.equals(watchedKey);
    if (isFine || ticker.nanos() - notBeforeNanos < 0) {
      return false;
    }
    notBeforeNanos = ticker.nanos() + PAUSE_BETWEEN_STARTS.toNanos();
    return true;
  }

  private synchronized void replace(DirectoryWatcher fresh, Object key, Runnable ring) {
    watching = fresh.watchAsync(executor).whenComplete((nothing, failure) -> ended(failure, ring));
    watcher = fresh;
    watchedKey = key;
    hasWarned = false;
  }

  private synchronized void ended(@Nullable Throwable failure, Runnable ring) {
    if (failure != null) {
      failed(failure);
    }
    ring.run();
  }

  private @Nullable Object keyOfFolder() {
    try {
      return Files.getAttribute(folder, "unix:ino");
    } catch (IOException e) {
      return null;
    }
  }

  private synchronized void failed(Throwable failure) {
    notBeforeNanos = ticker.nanos() + PAUSE_AFTER_FAILURE.toNanos();
    if (!hasWarned) {
      hasWarned = true;
      LOG.warn(
          "Watching '{}' failed; scanning continues by the clock: {}", folder, failure.toString());
    }
  }

  @Override
  public synchronized boolean isWatching() {
    return watcher != null && watching != null && !watching.isDone();
  }

  @Override
  public synchronized void close() {
    DirectoryWatcher old = watcher;
    watcher = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        LOG.debug("Closing the watcher failed; a new one takes its place: {}", e.toString());
      }
    }
  }

  /** Rings alike for everything that can be reported. */
  private record RingingListener(Runnable ring) implements DirectoryChangeListener {

    @Override
    public void onEvent(DirectoryChangeEvent event) {
      ring.run();
    }

    @Override
    public void onException(Exception e) {
      ring.run();
    }
  }
}
