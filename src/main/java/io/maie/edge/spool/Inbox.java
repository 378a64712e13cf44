package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.NameRules;
import io.maie.edge.durable.NameSeries;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder where recordings arrive.
 *
 * <p>Scanning and claiming may go on in two threads. File contract: a scan changes nothing but its
 * marker file; a claim moves one recording, see {@link #claim}.
 */
public final class Inbox {
  private final InboxOptions options;
  private final FolderIdentity identity;
  private final StoreKinds stores = new StoreKinds();
  private final Scanner scanner;
  private final Claimer claimer;
  private final CopyingClaim copying;
  private final KeptInbox kept;
  private final LateMoves lateMoves;
  private final LateSidecarCheck lateSidecarCheck;

  /** The recordings that tasks have, as long as the inbox has not been recovered. */
  private volatile @Nullable TakenRecordings toRecover;

  /** An inbox that is known again as long as this object lives. */
  public Inbox(InboxOptions options, ArrivalChecks checks, Ticker ticker) {
    this(options, KnownFolders.forgetful().inbox(options.folder()), checks, ticker);
  }

  /**
   * An inbox that is known again.
   *
   * @param identity of the folder that the options name
   */
  public Inbox(InboxOptions options, FolderIdentity identity, ArrivalChecks checks, Ticker ticker) {
    this.options = requireNonNull(options, "options is null");
    this.identity = requireNonNull(identity, "identity is null");
    copying = new CopyingClaim(options.folder(), options.depth());
    kept = new KeptInbox(options);
    claimer = new Claimer(options, checks.lease(), stores, copying);
    lateMoves = new LateMoves(options, kept, claimer);
    scanner = new Scanner(options, checks, new Scanner.Places(stores, kept, lateMoves), ticker);
    lateSidecarCheck = new LateSidecarCheck(options.settle(), checks.lease(), stores, ticker);
  }

  public Path folder() {
    return options.folder();
  }

  /**
   * Returns whether only this machine writes to the inbox. On a network file system the operating
   * system does not report what others write.
   */
  public boolean isLocal() {
    try {
      return stores.isLocal(folder(), FileFacts.followed(folder()).signature());
    } catch (IOException e) {
      // gone or unreachable: the careful answer
      return false;
    }
  }

  /**
   * The result of a scan that would hang: the inbox lies on FUSE and its server does not answer.
   * Touches no inbox.
   */
  public Optional<InboxView> unanswered() {
    return identity.silence().map(InboxView::unavailable);
  }

  /**
   * Looks at everything in the inbox. Takes about 20 microseconds per entry and opens each file
   * once per change. Never throws: an inbox that cannot be read is a {@link FolderProblem}.
   */
  public InboxView scan() {
    Optional<FolderProblem> problem = identity.check().or(this::recoverLate);
    if (problem.isPresent()) {
      scanner.forget();
      return InboxView.unavailable(problem.get());
    }
    kept.look();
    if (!kept.isKept()) {
      copying.retry();
    }
    return scanner.scan();
  }

  /** Returns whether recordings stay where they are when they are taken, as of the last scan. */
  public boolean keepsRecordings() {
    return kept.isKept();
  }

  /**
   * Claims a recording: proves once more that nobody writes to it, looks at it once more, and
   * renames it to {@code target}, whose folder exists. When this returns a claim, the recording
   * survives a power cut there: its content too, unless the options settle for less. An inbox that
   * keeps its recordings is copied from instead.
   *
   * @return empty if the recording changed, is in use again, or is gone (another process took it,
   *     or its user): look at the next one
   * @throws IOException if it could not be moved although it is there; it is in the inbox still,
   *     and unless the disk is at fault, scans say so and not that it is ready
   */
  public Optional<Claim> claim(Candidate candidate, Path target) throws IOException {
    try {
      identity.requireAnswer();
      Optional<Claim> claim =
          kept.isKept() ? kept.claim(candidate, target) : claimer.claim(candidate, target);
      if (claim.isEmpty()) {
        scanner.doubt(candidate.path());
      }
      return claim;
    } catch (IOException e) {
      StorageFailure failure = StorageFailure.of(e);
      if (!failure.isOfInstallation()) {
        scanner.refuse(candidate.path(), failure);
      }
      throw e;
    }
  }

  /**
   * Returns a recording to where it came from, with its sidecar beside it and without overwriting.
   * A sidecar that lies there for a recording of this name is newer than its own and stays. What an
   * inbox has kept lies there already: then the copy is removed.
   *
   * @param relative its path below the inbox
   * @param sidecar its sidecar, if it has one; it keeps its name too
   * @return the present path of the recording
   */
  public Path giveBack(Path recording, Path relative, Optional<Output> sidecar) throws IOException {
    kept.look();
    if (kept.isKept()) {
      Path there = kept.takeAgain(relative);
      Files.deleteIfExists(recording);
      return there;
    }
    claimer.flush(recording);
    NameRules names = identity.names();
    Path folder = new Subfolders(names).mirrored(options.folder(), relative);
    String name = names.name(new NameSeries(FileNames.text(relative), ""), 1);
    boolean hasNewer =
        !DurableFiles.exists(folder.resolve(name))
            && DurableFiles.exists(
                folder.resolve(names.name(new NameSeries(name, Sidecars.SUFFIX), 1)));
    Path there =
        new RecordingFolder(identity)
            .put(recording, relative, hasNewer ? List.of() : sidecar.stream().toList());
    DurableFiles.forceDirectory(recording.toAbsolutePath().resolveSibling(""));
    return there;
  }

  /** Flushes the content of a file that comes in beside a recording, as for recordings. */
  public void flush(Path file) throws IOException {
    claimer.flush(file);
  }

  /**
   * The companions of a recording that has left the inbox ({@link Companions#of}), flushed as
   * recordings are, by their paths below the inbox. One that somebody has open for writing is left
   * out. If a recording of that name has come again, they are that one's.
   */
  public List<Path> companionsOf(Path recording) throws IOException {
    Path folder = recording.resolveSibling("");
    if (DurableFiles.exists(recording) || !DurableFiles.exists(folder)) {
      return List.of();
    }
    DurableFiles.requireNoLinkBelow(options.folder(), folder);
    List<Path> companions = new ArrayList<>();
    for (Path companion : Companions.of(recording)) {
      if (!claimer.isOpenElsewhere(companion)) {
        claimer.flush(companion);
        companions.add(options.folder().relativize(companion));
      }
    }
    return companions;
  }

  /**
   * Returns whether {@code sidecar}, whose recording has left the inbox, is there and complete. An
   * entry that cannot be looked at counts as absent; a link too.
   */
  public SidecarState lateSidecar(Path sidecar) {
    return lateSidecarCheck.look(sidecar);
  }

  /** The recordings that tasks have, and had. */
  @FunctionalInterface
  public interface TakenRecordings {
    /** Returns whether a task has the recording {@code relative} with the content of a file. */
    boolean contain(Path relative, Path content) throws IOException;

    /**
     * The recording {@code relative} with the content of a file, where it lies since its task is
     * done. By default, nobody knows.
     *
     * @throws IOException if the files cannot be read
     */
    default Optional<Path> finished(Path relative, Path content) throws IOException {
      return Optional.empty();
    }
  }

  /**
   * Puts back what a crash in the middle of a claim left; called once before the first scan. If the
   * inbox cannot be used now, the first scan that finds it does so.
   *
   * @return the result of a scan that would fail now; nothing may be claimed, and no task continue,
   *     before a scan has found the inbox
   */
  public Optional<InboxView> recover(TakenRecordings taken) throws IOException {
    lateMoves.know(taken);
    Optional<FolderProblem> problem = identity.look();
    if (problem.isPresent()) {
      toRecover = taken;
    } else {
      recoverNow(taken);
    }
    return problem.map(InboxView::unavailable);
  }

  private void recoverNow(TakenRecordings taken) throws IOException {
    kept.look();
    kept.recover(taken);
    if (!kept.isKept()) {
      copying.recover(taken);
    }
  }

  /** Does what {@link #recover} could not do; only the scanning thread comes here. */
  private Optional<FolderProblem> recoverLate() {
    TakenRecordings taken = toRecover;
    if (taken != null) {
      try {
        recoverNow(taken);
        toRecover = null;
      } catch (IOException e) {
        return identity.unreachable(StorageFailure.of(e));
      }
    }
    return Optional.empty();
  }
}
