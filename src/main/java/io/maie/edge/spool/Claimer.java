package io.maie.edge.spool;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.Durability;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.HeldFolder;
import io.maie.edge.spool.Candidate.Evidence;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a candidate out of the inbox. Holds no state, so that claiming and scanning may go on at
 * the same time.
 *
 * <p>File contract: the content of the recording is flushed while it is still in the inbox. The
 * recording is at every instant either in the inbox or at the target; the first to rename it owns
 * it. Two cases need a copy ({@link CopyingClaim}): a file with several names, since a hard link
 * from outside would let its owner write into our file, and an inbox on another file system.
 */
final class Claimer {
  private static final Logger LOG = LoggerFactory.getLogger(Claimer.class);

  private final FileLease lease;
  private final StoreKinds stores;
  private final CopyingClaim copying;
  private final InboxOptions options;

  Claimer(InboxOptions options, FileLease lease, StoreKinds stores, CopyingClaim copying) {
    this.options = options;
    this.lease = lease;
    this.stores = stores;
    this.copying = copying;
  }

  /** Moves the candidate to {@code target}; empty if it changed, is in use, or is gone. */
  Optional<Claim> claim(Candidate candidate, Path target) throws IOException {
    try (HeldFolder from = HeldFolder.below(options.folder(), folderOf(candidate.path()))) {
      return from.run(held -> claim(new Move(candidate, nameIn(held, candidate.path()), target)));
    } catch (NoSuchFileException e) {
      boolean areFoldersThere =
          Files.exists(candidate.path().resolveSibling("")) && Files.exists(folderOf(target));
      if (areFoldersThere && !DurableFiles.exists(target)) {
        LOG.debug("A recording went away before it was claimed path={}", candidate.path());
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<Claim> claim(Move move) throws IOException {
    FileFacts facts = FileFacts.of(move.source());
    if (!isUnchanged(facts, move.candidate())) {
      return Optional.empty();
    }
    boolean claimed = facts.links() > 1 ? claimByCopy(move) : claimByRename(move);
    return claimed ? Optional.of(move.claimed()) : Optional.empty();
  }

  private boolean claimByCopy(Move move) throws IOException {
    // its sender sees it leave before the copy is made
    flush(move.source());
    return copying.claim(move.candidate(), move.target());
  }

  private boolean claimByRename(Move move) throws IOException {
    Path source = move.source();
    Path target = move.target();
    try (FileLease.Lease held = acquire(move)) {
      flush(source);
      boolean unchanged = isUnchanged(FileFacts.of(source), move.candidate());
      if (!unchanged || !isAllowed(held, move.candidate())) {
        return false;
      }
      Disk.rename(source, target);
    } catch (AtomicMoveNotSupportedException e) {
      return copying.claim(move.candidate(), target);
    }
    try {
      DurableFiles.forceDirectory(folderOf(target));
      DurableFiles.forceDirectory(folderOf(source));
    } catch (IOException e) {
      new WayBack(options.folder()).put(target, move.candidate().path());
      throw e;
    }
    return isConfirmed(move.candidate(), target);
  }

  /**
   * Flushes the content of {@code file}, as far as the options want it. Afterwards only names
   * change, whose flushes are the claim's own.
   */
  void flush(Path file) throws IOException {
    if (options.durability() == Durability.FULL) {
      DurableFiles.forceFile(file);
    }
  }

  /** Returns whether somebody has the file open for writing, as far as the system tells. */
  boolean isOpenElsewhere(Path file) throws IOException {
    if (!stores.isLocal(file, FileSignature.of(file))) {
      return false;
    }
    try (FileLease.Lease held = lease.acquire(file)) {
      return held.grant() == FileLease.Grant.OPEN_ELSEWHERE;
    }
  }

  /** Puts back what was renamed by mistake: another file took the name at the last instant. */
  private boolean isConfirmed(Candidate candidate, Path target) throws IOException {
    if (FileSignature.of(target).sameContentAs(candidate.signature())) {
      return true;
    }
    LOG.debug("Another file took the name; puts it back path={}", candidate.path());
    new WayBack(options.folder()).put(target, candidate.path());
    return false;
  }

  private FileLease.Lease acquire(Move move) {
    return stores.isLocal(move.candidate().path(), move.candidate().signature())
        ? lease.acquire(move.source())
        : FileLease.disabled().acquire(move.source());
  }

  private static boolean isAllowed(FileLease.Lease held, Candidate candidate) {
    return switch (held.grant()) {
      case GRANTED -> !held.isBroken();
      case OPEN_ELSEWHERE -> candidate.evidence() == Evidence.GRACE_OVER;
      case UNAVAILABLE -> candidate.evidence() != Evidence.WHOLE_AND_CLOSED;
    };
  }

  private static boolean isUnchanged(FileFacts facts, Candidate candidate) {
    return facts.isFile() && facts.signature().equals(candidate.signature());
  }

  /** The name of {@code file}, byte for byte, in {@code folder}. */
  static Path nameIn(Path folder, Path file) {
    return folder.resolve(file.getFileName());
  }

  static Path folderOf(Path file) {
    return file.toAbsolutePath().normalize().resolveSibling("");
  }
}
