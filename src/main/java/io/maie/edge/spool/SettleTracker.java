package io.maie.edge.spool;

import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers for every file when it was first seen, when it last changed, and how long it used to
 * pause between changes. Looks at no file and reads no wall clock: facts and ticks come in,
 * durations go out. A file that was replaced by another one of the same name starts again. Not
 * thread-safe.
 */
final class SettleTracker {
  private final Ticker ticker;
  private final Map<Path, Tracked> files = new HashMap<>();
  private long arrivals;

  SettleTracker(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Takes note of a file as it is now. */
  Tracked observe(Path path, FileFacts facts) {
    long now = ticker.nanos();
    Tracked known = files.get(path);
    if (known != null && known.signature().isSameFileAs(facts.signature())) {
      known.observe(facts, now);
      return known;
    }
    Tracked fresh = new Tracked(path, facts, now, arrivals++);
    files.put(path, fresh);
    return fresh;
  }

  /** Forgets one file. */
  void forget(Path path) {
    files.remove(path);
  }

  /** Forgets every file that is not among {@code present}. */
  void retain(Set<Path> present) {
    files.keySet().retainAll(present);
  }

  /** Forgets everything, since the folder is another one. */
  void clear() {
    files.clear();
  }

  Duration since(long nanos) {
    return Duration.ofNanos(ticker.nanos() - nanos);
  }

  /** The time for which the file has been left alone. */
  Duration quiet(Tracked file) {
    return since(file.changedAt);
  }

  /** State of one file. */
  static final class Tracked {
    /** A writer that pauses for this many times its longest pause so far counts as done... */
    private static final int PAUSES = 3;

    /** ...but no wait is longer than this. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Path path;
    private final long order;
    private final long seenAt;
    private FileFacts facts;
    private long changedAt;
    private Duration longestPause = Duration.ZERO;

    /** Findings about the present signature; lost with it. */
    private final InspectionCache findings = new InspectionCache();

    private Tracked(Path path, FileFacts facts, long now, long order) {
      this.path = path;
      this.facts = facts;
      this.seenAt = now;
      this.changedAt = now;
      this.order = order;
    }

    private void observe(FileFacts present, long nanos) {
      FileSignature before = facts.signature();
      facts = present;
      if (present.signature().equals(before)) {
        return;
      }
      Duration pause = Duration.ofNanos(nanos - changedAt);
      longestPause = longestPause.compareTo(pause) > 0 ? longestPause : pause;
      if (present.signature().sameContentAs(before)) {
        findings.forget();
      } else {
        findings.forgetContent();
      }
      changedAt = nanos;
    }

    /** The time for which this file must be left alone, given the earlier pauses of its writer. */
    Duration settleTime(Duration least) {
      Duration learned = longestPause.multipliedBy(PAUSES);
      Duration bounded = learned.compareTo(LONGEST_WAIT) < 0 ? learned : LONGEST_WAIT;
      return least.compareTo(bounded) > 0 ? least : bounded;
    }

    Path path() {
      return path;
    }

    /** The file as it was when it was observed last. */
    FileFacts facts() {
      return facts;
    }

    FileSignature signature() {
      return facts.signature();
    }

    long seenAt() {
      return seenAt;
    }

    /** Position by arrival; a number that only grows. */
    long order() {
      return order;
    }

    InspectionCache findings() {
      return findings;
    }
  }
}
