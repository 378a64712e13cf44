package io.maie.edge.app;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.spool.InboxMode;
import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Checks that the system reports changes in the inbox, by making one; an inbox that is only read is
 * left as it is.
 */
final class WatchCheck implements Check {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String HINT =
      "Nothing is lost: the inbox is listed every few seconds (inbox.network_scan_interval)";

  private final Path inbox;
  private final InboxMode mode;

  /** A check of {@code inbox}; {@code mode} tells if recordings leave it. */
  WatchCheck(Path inbox, InboxMode mode) {
    this.inbox = requireNonNull(inbox, "inbox is null");
    this.mode = requireNonNull(mode, "mode is null");
  }

  @Override
  public String name() {
    return "watcher";
  }

  @Override
  public Finding run() {
    try (WatchService watcher = inbox.getFileSystem().newWatchService()) {
      inbox.register(watcher, ENTRY_CREATE);
      return mode == InboxMode.LEDGER ? untried() : tried(watcher);
    } catch (IOException e) {
      return mode == InboxMode.AUTO && StorageFailure.of(e) == StorageFailure.READ_ONLY
          ? untried()
          : Finding.warning("'" + inbox + "' cannot be watched: " + e.getMessage(), HINT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.warning("The test was interrupted", HINT);
    }
  }

  private Finding untried() {
    return Finding.ok("'" + inbox + "' is watched; no change was made to test this");
  }

  private Finding tried(WatchService watcher) throws IOException, InterruptedException {
    Path probe = DurableFiles.writeTemporary(inbox, new byte[] {1});
    try {
      return watcher.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) == null
          ? Finding.warning("A change in '" + inbox + "' was not reported", HINT)
          : Finding.ok("changes in the inbox are reported");
    } finally {
      Files.deleteIfExists(probe);
    }
  }
}
