package io.maie.edge.spool;

import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.spool.Candidate.Evidence;
import io.maie.edge.spool.FolderListing.Located;
import io.maie.edge.spool.FolderListing.Other;
import io.maie.edge.spool.FolderListing.Recording;
import io.maie.edge.spool.Ranking.Rank;
import io.maie.edge.spool.Readiness.Judgement;
import io.maie.edge.spool.SettleTracker.Tracked;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at the inbox again and again: lists, remembers, ranks, judges. */
final class Scanner {
  /** Files that one scan opens at most, so that a burst of thousands does not delay the first. */
  private static final int MOST_INSPECTIONS = 512;

  private static final String WAS_TAKEN = "was taken already; stays, since recordings are copied";

  private static final Comparator<Waiting> QUEUE_ORDER =
      Comparator.comparingInt((Waiting waiting) -> -waiting.rank().priority())
          .thenComparingLong(waiting -> waiting.file().order());

  /** Recordings that one scan sees for the first time, in the order in which they came. */
  private static final Comparator<Recording> ARRIVAL_ORDER =
      Comparator.comparingLong(
              (Recording recording) -> recording.file().facts().signature().changedNanos())
          .thenComparing(recording -> recording.file().path());

  private final InboxOptions options;
  private final Ticker ticker;
  private final IgnoreRules rules;
  private final KeptInbox kept;
  private final LateMoves lateMoves;
  private final SettleTracker tracker;
  private final Ranking ranking;
  private final CompanionCache companions;
  private final Inspector inspection;
  private final Readiness readiness;

  /** The recordings of the latest scan, so that only changed parameters are read again. */
  private Map<Path, Waiting> waiting = Map.of();

  /** Written by the claiming thread, read by the scanning one. */
  private final Set<Path> doubted = ConcurrentHashMap.newKeySet();

  /** The failures of claims; written by the claiming thread, read by the scanning one. */
  private final Map<Path, StorageFailure> refused = new ConcurrentHashMap<>();

  /**
   * Known facts about the folder.
   *
   * @param stores kinds of its file systems
   * @param kept which of its recordings were taken and stay
   * @param lateMoves of those that need not stay any more
   */
  record Places(StoreKinds stores, KeptInbox kept, LateMoves lateMoves) {}

  Scanner(InboxOptions options, ArrivalChecks checks, Places places, Ticker ticker) {
    this.options = options;
    this.ticker = ticker;
    this.kept = places.kept();
    this.lateMoves = places.lateMoves();
    rules = new IgnoreRules(options.ignore());
    tracker = new SettleTracker(ticker);
    ranking = checks.ranking();
    companions = new CompanionCache(checks.ranking());
    inspection = new Inspector(checks.wholeness(), kept::isKept);
    readiness = new Readiness(options.settle(), tracker, checks.lease(), places.stores());
  }

  /** A recording, and its rank, which holds as long as the files beside it do not change. */
  private record Waiting(Tracked file, Recording recording, Arrival arrival, Rank rank) {
    boolean isAlso(Tracked present, Recording listed) {
      return file.equals(present)
          && recording.sidecar().equals(listed.sidecar())
          && recording.profile().equals(listed.profile());
    }
  }

  /** A claim failed although it was judged possible; judges the file again. */
  void doubt(Path path) {
    doubted.add(path);
  }

  /** The file cannot be moved; waits before it is judged again. */
  void refuse(Path path, StorageFailure failure) {
    refused.put(path, failure);
  }

  /** The folder is another one: no file in it is known. */
  synchronized void forget() {
    tracker.clear();
    waiting = Map.of();
  }

  synchronized InboxView scan() {
    companions.begin();
    try {
      return view(new FolderListing(options, rules, companions).list());
    } catch (IOException e) {
      return InboxView.unavailable(
          new FolderProblem(
              FailureCode.FOLDER_UNAVAILABLE,
              "the inbox cannot be listed: "
                  + StorageFailure.of(e).sentence()
                  + ": '"
                  + options.folder()
                  + "'",
              "Check its permissions and its disk."));
    }
  }

  private InboxView view(FolderListing listing) {
    List<Recording> fresh = new ArrayList<>();
    List<Other> others = new ArrayList<>(listing.others());
    for (Recording recording : listing.recordings()) {
      Path path = recording.file().path();
      FileSignature signature = recording.file().facts().signature();
      if (!kept.wasTaken(path, signature)) {
        fresh.add(recording);
      } else if (!lateMoves.complete(recording.file(), recording.sidecar())) {
        others.add(new Other(path, EntryState.IGNORED, WAS_TAKEN, signature.bytes()));
      }
    }
    List<Waiting> queue = queue(fresh);
    List<InboxEntry> entries = new ArrayList<>();
    List<Candidate> ready = new ArrayList<>();
    int inspections = 0;
    for (Waiting waiting : queue) {
      boolean opened = inspections < MOST_INSPECTIONS && inspect(waiting);
      inspections += opened ? 1 : 0;
      Judgement judgement = judge(waiting);
      entries.add(entry(waiting, judgement));
      candidate(waiting, judgement).ifPresent(ready::add);
    }
    others.stream()
        .map(this::entry)
        .sorted(Comparator.comparing(InboxEntry::name))
        .forEach(entries::add);
    return new InboxView(entries, ready, listing.truncated(), null);
  }

  private List<Waiting> queue(List<Recording> recordings) {
    Map<Path, Waiting> now = new HashMap<>();
    Set<Path> present = new HashSet<>();
    for (Recording recording : recordings.stream().sorted(ARRIVAL_ORDER).toList()) {
      Path path = recording.file().path();
      now.put(path, waiting(observe(recording.file()), recording));
      present.add(path);
      recording.sidecar().map(Located::path).ifPresent(present::add);
    }
    // after the recordings, whose order of arrival counts
    recordings.forEach(recording -> recording.sidecar().ifPresent(this::track));
    tracker.retain(present);
    doubted.retainAll(present);
    refused.keySet().retainAll(present);
    waiting = now;
    return now.values().stream().sorted(QUEUE_ORDER).toList();
  }

  /** Takes note of a recording, and of a claim that failed since the last scan. */
  private Tracked observe(Located recording) {
    Tracked file = track(recording);
    if (doubted.remove(recording.path())) {
      file.findings().doubt();
    }
    StorageFailure refusal = refused.remove(recording.path());
    if (refusal != null) {
      file.findings().blocked(inspection.refusal(file, refusal), ticker.nanos());
    }
    return file;
  }

  private Tracked track(Located file) {
    return tracker.observe(file.path(), file.facts());
  }

  private Waiting waiting(Tracked file, Recording recording) {
    Waiting known = waiting.get(file.path());
    if (known != null && known.isAlso(file, recording)) {
      return known;
    }
    Arrival arrival =
        new Arrival(
            file.path(),
            options.folder().relativize(file.path()),
            recording.sidecar().map(Located::path),
            recording.profile().map(Located::path));
    return new Waiting(file, recording, arrival, ranking.rank(arrival));
  }

  private boolean inspect(Waiting waiting) {
    Tracked file = waiting.file();
    long now = ticker.nanos();
    if (file.signature().bytes() == 0 || file.findings().isInspected(now)) {
      return false;
    }
    inspection.inspect(file, now);
    return true;
  }

  /** Requires that a candidate is readable with all that belongs to it. */
  private Judgement judge(Waiting waiting) {
    Judgement judgement = judgeRecording(waiting);
    if (judgement.evidence() == null) {
      return judgement;
    }
    Optional<Path> sidecar = waiting.arrival().sidecar();
    Optional<Path> profile = waiting.arrival().folderProfile();
    return sidecar
        .flatMap(path -> Inspector.unreadable("its sidecar", path))
        .or(() -> profile.flatMap(path -> Inspector.unreadable("its folder profile", path)))
        .map(reason -> Judgement.waiting(EntryState.PERMISSION_DENIED, reason))
        .orElse(judgement);
  }

  private Judgement judgeRecording(Waiting waiting) {
    Tracked file = waiting.file();
    if (file.signature().bytes() == 0) {
      return readiness.judgeEmpty(file);
    }
    if (file.findings().obstacle().isPresent()) {
      return Judgement.waiting(EntryState.PERMISSION_DENIED, file.findings().obstacle().get());
    }
    if (file.findings().verdict().isEmpty()) {
      return Judgement.waiting(EntryState.SETTLING, "has just arrived; is looked at next");
    }
    Judgement judgement = readiness.judge(file, file.findings().verdict().get());
    judgement.proof().ifPresent(file.findings()::proved);
    if (judgement.state() != EntryState.READY) {
      return judgement;
    }
    if (waiting.rank().hold().isPresent()) {
      return readiness.judgeHeld(file, waiting.rank().hold().get());
    }
    return isSidecarComplete(waiting.recording())
        ? file.findings().earlierFault().map(judgement::again).orElse(judgement)
        : Judgement.waiting(EntryState.SETTLING, "its sidecar is still being written");
  }

  private boolean isSidecarComplete(Recording recording) {
    if (recording.sidecar().isEmpty()) {
      return true;
    }
    Tracked sidecar = track(recording.sidecar().get());
    boolean isComplete = readiness.isSidecarComplete(sidecar);
    if (isComplete) {
      sidecar.findings().proved(Evidence.SETTLED);
    }
    return isComplete;
  }

  private static Optional<Candidate> candidate(Waiting waiting, Judgement judgement) {
    if (judgement.evidence() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Candidate(
            waiting.arrival(),
            waiting.file().signature(),
            judgement.evidence(),
            waiting.rank().priority(),
            judgement.defect()));
  }

  private InboxEntry entry(Waiting waiting, Judgement judgement) {
    return new InboxEntry(
        waiting.arrival().path(),
        FileNames.printable(waiting.arrival().relative()),
        judgement.state(),
        judgement.reason(),
        waiting.file().signature().bytes(),
        tracker.since(waiting.file().seenAt()),
        waiting.rank().priority());
  }

  private InboxEntry entry(Other other) {
    return new InboxEntry(
        other.path(),
        FileNames.printable(options.folder().relativize(other.path())),
        other.state(),
        other.reason(),
        other.bytes(),
        Duration.ZERO,
        0);
  }
}
