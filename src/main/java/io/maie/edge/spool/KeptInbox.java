package io.maie.edge.spool;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.HeldFolder;
import io.maie.edge.durable.Sha256;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.durable.VerifiedCopy;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims recordings that stay in the inbox, since it is read-only or meant to be left alone.
 *
 * <p>File contract: a recording is copied beside the target, flushed and read back. The ledger
 * announces it, the copy is renamed to the target, which completes the claim, and the ledger
 * confirms it. A crash before the rename leaves a recording that is claimed again; one after it
 * leaves a task that the ledger learns of at the start.
 */
final class KeptInbox {
  private static final Logger LOG = LoggerFactory.getLogger(KeptInbox.class);

  private final InboxOptions options;
  private final Ledger ledger;

  /** Written by the scanning thread, read by the claiming one. */
  private volatile boolean isKept;

  KeptInbox(InboxOptions options) {
    this.options = options;
    this.ledger = new Ledger(options.ledger(), options.folder(), Ledger.MOST_ENTRIES);
    this.isKept = options.mode() == InboxMode.LEDGER;
  }

  /** Looks whether the file system is read-only now, and at the ledger. */
  void look() {
    boolean was = isKept;
    isKept =
        options.mode() == InboxMode.LEDGER
            || (options.mode() == InboxMode.AUTO && isReadOnly(options.folder()));
    if (isKept && !was) {
      LOG.info(
          "The inbox is read-only; recordings are copied and remembered path={}", options.folder());
    }
    ledger.refresh();
  }

  /** Returns whether recordings stay in the inbox, as of the last look. */
  boolean isKept() {
    return isKept;
  }

  /** Returns whether the file system of a folder refuses every write of every user. */
  static boolean isReadOnly(Path folder) {
    try {
      folder.getFileSystem().provider().checkAccess(folder, AccessMode.WRITE);
      return false;
    } catch (IOException e) {
      return StorageFailure.of(e) == StorageFailure.READ_ONLY;
    }
  }

  /** Returns whether a recording in this state was taken already. */
  boolean wasTaken(Path recording, FileSignature now) {
    return ledger.knows(recording, now);
  }

  /** Copies the candidate to {@code target}; empty if it changed, is gone, or was taken before. */
  Optional<Claim> claim(Candidate candidate, Path target) throws IOException {
    Path source = candidate.path();
    if (ledger.knows(source, candidate.signature())) {
      // a queue that was made before the last claim names it still
      return Optional.empty();
    }
    try (HeldFolder from =
        HeldFolder.below(options.folder(), source.toAbsolutePath().resolveSibling(""))) {
      return from.run(held -> copy(new Move(candidate, Claimer.nameIn(held, source), target)));
    }
  }

  private Optional<Claim> copy(Move move) throws IOException {
    Candidate candidate = move.candidate();
    if (!isUnchanged(candidate, move.source())) {
      return Optional.empty();
    }
    Path source = candidate.path();
    Path copy = VerifiedCopy.toTemporary(move.source(), move.folder());
    try {
      Ledger.Content content = new Ledger.Content(candidate.signature(), Sha256.ofRegular(copy));
      if (!isUnchanged(candidate, move.source())) {
        return Optional.empty();
      }
      if (ledger.knows(source, content)) {
        ledger.take(source, content);
        return Optional.empty();
      }
      move.keepTime(copy);
      ledger.announce(source, content);
      Disk.rename(copy, move.target());
      DurableFiles.forceDirectory(move.folder());
      ledger.take(source, content);
      return Optional.of(move.claimed());
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static boolean isUnchanged(Candidate candidate, Path there) throws IOException {
    try {
      FileFacts facts = FileFacts.of(there);
      return facts.isFile() && facts.signature().equals(candidate.signature());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Lets a recording that still lies in the inbox be taken again.
   *
   * @return its path
   * @throws IOException if it no longer lies there
   */
  Path takeAgain(Path relative) throws IOException {
    Path recording = options.folder().resolve(relative);
    if (!DurableFiles.exists(recording)) {
      throw new IOException(
          "The inbox is read-only, and '" + relative + "' does not lie there any more");
    }
    ledger.forget(recording);
    return recording;
  }

  /** Notes that a recording left the inbox after all. */
  void forget(Path recording) throws IOException {
    ledger.forget(recording);
  }

  /** Decides about claims that a crash cut off. */
  void recover(Inbox.TakenRecordings taken) throws IOException {
    ledger.recover(taken);
  }
}
