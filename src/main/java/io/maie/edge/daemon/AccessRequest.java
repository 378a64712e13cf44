package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.spool.EntryState;
import io.maie.edge.spool.InboxEntry;
import io.maie.edge.spool.InboxView;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the system for access to what lies in the inbox and may not be read or moved by this user,
 * since its sender keeps it to himself. Used by the scanning thread only.
 *
 * <p>File contract: an empty file is made when something is refused that was not refused at the
 * last request, and again after a minute. The program that serves a request removes the file first.
 */
final class AccessRequest {
  private static final Logger LOG = LoggerFactory.getLogger(AccessRequest.class);
  private static final Duration REPEAT = Duration.ofMinutes(1);

  private final Path file;
  private final Ticker ticker;

  private Set<Path> asked = Set.of();
  private long askedAt;

  AccessRequest(Path file, Ticker ticker) {
    this.file = requireNonNull(file, "file is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
  }

  /** Asks if {@code view} shows that it is needed. */
  void tell(InboxView view) {
    Set<Path> refused =
        view.entries().stream()
            .filter(entry -> entry.state() == EntryState.PERMISSION_DENIED)
            .map(InboxEntry::path)
            .collect(Collectors.toSet());
    boolean isDue = ticker.nanos() - askedAt >= REPEAT.toNanos();
    if (refused.isEmpty() || (asked.containsAll(refused) && !isDue)) {
      return;
    }
    asked = refused;
    askedAt = ticker.nanos();
    try {
      DurableFiles.replaceWithoutFlush(file, new byte[0]);
      LOG.debug("Asks for access; refused={}", refused.size());
    } catch (IOException e) {
      LOG.warn("Asking for access to recordings failed path={}: {}", file, e.toString());
    }
  }
}
