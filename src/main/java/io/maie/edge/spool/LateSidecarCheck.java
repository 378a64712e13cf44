package io.maie.edge.spool;

import io.maie.edge.spool.Candidate.Evidence;
import io.maie.edge.spool.SettleTracker.Tracked;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sidecars that come when their recording has left the inbox. They are complete when those beside a
 * recording are: closed, or left alone for the settling time. Thread-safe.
 */
final class LateSidecarCheck {
  private static final Logger LOG = LoggerFactory.getLogger(LateSidecarCheck.class);

  /** Guarded by this; remembers those that are there. */
  private final SettleTracker tracker;

  private final Readiness readiness;

  LateSidecarCheck(SettleOptions options, FileLease lease, StoreKinds stores, Ticker ticker) {
    tracker = new SettleTracker(ticker);
    readiness = new Readiness(options, tracker, lease, stores);
  }

  /** A sidecar that may not be read counts as absent: no recording waits for it. */
  synchronized SidecarState look(Path path) {
    try {
      FileFacts facts = FileFacts.of(path);
      if (facts.isFile() && Files.isReadable(path)) {
        Tracked sidecar = tracker.observe(path, facts);
        if (!readiness.isSidecarComplete(sidecar)) {
          return SidecarState.UNFINISHED;
        }
        sidecar.findings().proved(Evidence.SETTLED);
        return SidecarState.COMPLETE;
      }
    } catch (IOException e) {
      LOG.debug("Found no sidecar; the task continues without: {}", e.toString());
    }
    tracker.forget(path);
    return SidecarState.ABSENT;
  }
}
