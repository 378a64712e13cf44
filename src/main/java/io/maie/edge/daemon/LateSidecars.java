package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.spool.EntryState;
import io.maie.edge.spool.InboxEntry;
import io.maie.edge.spool.InboxView;
import io.maie.edge.spool.Sidecars;
import io.maie.edge.task.History;
import io.maie.edge.task.HistoryEntry;
import io.maie.edge.task.HistoryRemark;
import java.io.IOException;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sidecars that came when their recording had been published already. They do not change the
 * result, so the status lists them as long as they lie there, and the log and the history report
 * each once.
 */
final class LateSidecars {
  private static final Logger LOG = LoggerFactory.getLogger(LateSidecars.class);
  private static final String CODE = "SIDECAR_LATE";
  private static final String MESSAGE =
      "its recording has been published already; put the recording into the inbox again to use it,"
          + " or delete it";

  private final TaskCounters counters;
  private final History history;
  private final InstantSource clock;

  /**
   * The late sidecars that have been reported and still lie there; only used by the scanning
   * thread.
   */
  private final Set<String> told = new HashSet<>();

  LateSidecars(TaskCounters counters, History history, InstantSource clock) {
    this.counters = requireNonNull(counters, "counters is null");
    this.history = requireNonNull(history, "history is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The reason for which an entry of the inbox lies there. */
  String reason(InboxView view, InboxEntry entry) {
    return isLate(view, entry) ? CODE + ": " + MESSAGE : entry.reason();
  }

  private boolean isLate(InboxView view, InboxEntry entry) {
    String name = entry.name();
    if (entry.state() != EntryState.SIDECAR || !name.endsWith(Sidecars.SUFFIX)) {
      return false;
    }
    String recording = name.substring(0, name.length() - Sidecars.SUFFIX.length());
    // as the history spells it
    String composed = Normalizer.normalize(recording, Normalizer.Form.NFC);
    boolean isPublished =
        counters.successes().stream().map(HistoryEntry::path).anyMatch(composed::equals);
    // beside a recording that came again it will be used
    return isPublished && view.entries().stream().noneMatch(e -> e.name().equals(recording));
  }

  /** Reports the sidecars that were not there at the last call. */
  void tell(InboxView view) {
    List<String> late =
        view.entries().stream().filter(entry -> isLate(view, entry)).map(InboxEntry::name).toList();
    told.retainAll(late);
    late.stream().filter(told::add).forEach(this::tell);
  }

  private void tell(String name) {
    LOG.warn("'{}' comes too late: {}; code={}", name, MESSAGE, CODE);
    try {
      history.append(new HistoryRemark(clock.instant(), name, CODE, MESSAGE));
    } catch (IOException e) {
      LOG.warn("Writing the history failed; the daemon continues: {}", e.toString());
    }
  }
}
