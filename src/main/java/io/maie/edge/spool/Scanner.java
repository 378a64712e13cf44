package io.maie.edge.spool;

import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.spool.FolderListing.Located;
import io.maie.edge.spool.FolderListing.Other;
import io.maie.edge.spool.FolderListing.Recording;
import io.maie.edge.spool.Ranking.Rank;
import io.maie.edge.spool.Readiness.Judgement;
import io.maie.edge.spool.SettleTracker.Tracked;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One look at the inbox after the other: lists, remembers, ranks, judges. */
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
              (Recording recording) -> recording.facts().signature().changedNanos())
          .thenComparing(Recording::path);

  private final InboxOptions options;
  private final Ticker ticker;
  private final IgnoreRules rules;
  private final KeptInbox kept;
  private final SettleTracker tracker;
  private final RankCache ranks;
  private final CompanionCache companions;
  private final Inspector inspection;
  private final Readiness readiness;

  /** Written by the claiming thread, read by the scanning one. */
  private final Set<Path> doubted = ConcurrentHashMap.newKeySet();

  /** Why claims failed; written by the claiming thread, read by the scanning one. */
  private final Map<Path, StorageFailure> refused = new ConcurrentHashMap<>();

  /**
   * Known facts about the folder.
   *
   * @param stores kinds of its file systems
   * @param kept which of its recordings were taken and stay
   */
  record Places(StoreKinds stores, KeptInbox kept) {}

  Scanner(InboxOptions options, ArrivalChecks checks, Places places, Ticker ticker) {
    this.options = options;
    this.ticker = ticker;
    this.kept = places.kept();
    rules = new IgnoreRules(options.ignore());
    tracker = new SettleTracker(ticker);
    ranks = new RankCache(checks.ranking());
    companions = new CompanionCache(checks.ranking());
    inspection = new Inspector(checks.wholeness(), kept::isKept);
    readiness = new Readiness(options.settle(), tracker, checks.lease(), places.stores());
  }

  private record Waiting(Recording recording, Arrival arrival, Tracked file, Rank rank) {}

  /** A claim that was judged possible was not; judges the file again. */
  void doubt(Path path) {
    doubted.add(path);
  }

  /** The file cannot be moved; waits before it is judged again. */
  void refuse(Path path, StorageFailure failure) {
    refused.put(path, failure);
  }

  /** The folder is not the one of before: no file in it is known. */
  synchronized void forget() {
    tracker.clear();
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
      FileSignature signature = recording.facts().signature();
      if (kept.wasTaken(recording.path(), signature)) {
        others.add(new Other(recording.path(), EntryState.IGNORED, WAS_TAKEN, signature.bytes()));
      } else {
        fresh.add(recording);
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
    List<Waiting> queue = new ArrayList<>(recordings.size());
    Set<Path> present = new HashSet<>();
    for (Recording recording : recordings.stream().sorted(ARRIVAL_ORDER).toList()) {
      FileFacts facts = recording.facts();
      Tracked file = tracker.observe(recording.path(), facts.signature(), facts.links());
      if (doubted.remove(recording.path())) {
        file.findings().doubt();
      }
      StorageFailure refusal = refused.remove(recording.path());
      if (refusal != null) {
        inspection.refuse(recording.path(), facts, refusal, file, ticker.nanos());
      }
      Arrival arrival = arrival(recording);
      queue.add(new Waiting(recording, arrival, file, ranks.rank(recording, arrival)));
      present.add(recording.path());
      recording.sidecar().map(Located::path).ifPresent(present::add);
    }
    ranks.retain(present);
    recordings.forEach(
        recording ->
            recording.sidecar().ifPresent(s -> tracker.observe(s.path(), s.signature(), 1)));
    tracker.retain(present);
    doubted.retainAll(present);
    refused.keySet().retainAll(present);
    queue.sort(QUEUE_ORDER);
    return queue;
  }

  private Arrival arrival(Recording recording) {
    return new Arrival(
        recording.path(),
        options.folder().relativize(recording.path()),
        recording.sidecar().map(Located::path),
        recording.profile().map(Located::path));
  }

  private boolean inspect(Waiting waiting) {
    Tracked file = waiting.file();
    long now = ticker.nanos();
    if (file.signature().bytes() == 0 || file.findings().isInspected(now)) {
      return false;
    }
    inspection.inspect(waiting.recording().path(), waiting.recording().facts(), file, now);
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
    Judgement judgement =
        readiness.judge(waiting.recording().path(), file, file.findings().verdict().get());
    if (judgement.state() != EntryState.READY) {
      return judgement;
    }
    if (waiting.rank().hold().isPresent()) {
      return readiness.judgeHeld(file, waiting.rank().hold().get());
    }
    return isSidecarComplete(waiting.recording())
        ? judgement
        : Judgement.waiting(EntryState.SETTLING, "its sidecar is still being written");
  }

  private boolean isSidecarComplete(Recording recording) {
    return recording
        .sidecar()
        .map(
            sidecar ->
                readiness.isSidecarComplete(
                    sidecar.path(), tracker.observe(sidecar.path(), sidecar.signature(), 1)))
        .orElse(true);
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
            waiting.file().order(),
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
        java.time.Duration.ZERO,
        0);
  }
}
