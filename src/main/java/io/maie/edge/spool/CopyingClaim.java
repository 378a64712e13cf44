package io.maie.edge.spool;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.HeldFolder;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.durable.VerifiedCopy;
import io.maie.edge.failure.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims a recording by copying it, where a rename to the target is impossible or would leave the
 * file in the hands of its sender.
 *
 * <p>File contract: the recording is renamed into the hidden {@code .maie-claimed/<random>/} of the
 * inbox (that wins or loses the race), copied beside the target, flushed, read back, and renamed to
 * the target (that completes the claim); then the original name is removed. Others can write into
 * the inbox; no link is followed there, and a ticket can only lead back into the inbox. A disk
 * without room for the folder is served by {@link InPlaceClaim}. What a crash leaves in the hidden
 * folder is sorted out by {@link #recover}: back to the inbox if the target was not reached,
 * removed if it was.
 */
final class CopyingClaim {
  static final String HOLDING = ".maie-claimed";

  private static final Logger LOG = LoggerFactory.getLogger(CopyingClaim.class);
  private static final String TICKET = "ticket";
  private static final String RECORDING = "recording";

  /** Two paths of the greatest length, each byte written with three characters. */
  private static final int MOST_TICKET_BYTES = 3 * 2 * 4096 + 100;

  private final Path inbox;
  private final InPlaceClaim inPlace;

  /** Claims that failed and could not be undone; written by the claiming thread too. */
  private final Set<Path> unsorted = ConcurrentHashMap.newKeySet();

  /** Null before the inbox was recovered. */
  private volatile Inbox.@Nullable TakenRecordings taken;

  CopyingClaim(Path inbox, int depth) {
    this.inbox = inbox;
    this.inPlace = new InPlaceClaim(inbox, depth);
  }

  /** Copies the candidate to {@code target}; false if it changed meanwhile and is back. */
  boolean claim(Candidate candidate, Path target) throws IOException {
    Path holding = inbox.resolve(HOLDING).resolve(UUID.randomUUID().toString());
    try {
      removeLink(inbox.resolve(HOLDING));
      DurableFiles.createDirectoriesBelow(inbox, inbox.relativize(holding));
      writeTicket(holding, ticket(candidate.path(), target));
    } catch (IOException e) {
      takeBack(holding, target, e);
      if (StorageFailure.of(e).code() == FailureCode.DISK_FULL) {
        return inPlace.claim(candidate, target);
      }
      throw e;
    }
    try {
      boolean copied = copy(holding, candidate, target);
      sortOut(holding);
      return copied;
    } catch (IOException e) {
      takeBack(holding, target, e);
      throw e;
    }
  }

  /**
   * Others who write into the inbox can plant a link in place of our folder; it is no recording.
   */
  private static void removeLink(Path holdings) throws IOException {
    if (Files.isSymbolicLink(holdings)) {
      LOG.warn("Removes a link where the folder of claims belongs path={}", holdings);
      Disk.delete(holdings);
    }
  }

  /**
   * Undoes a claim that failed: the recording must not be in two places, or in one where nobody
   * looks. A folder that cannot be sorted out now, as on a disk that became read-only, is tried
   * again.
   */
  private void takeBack(Path holding, Path target, IOException failure) {
    try {
      boolean isCopied = Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS);
      if (isCopied && DurableFiles.exists(holding.resolve(RECORDING))) {
        Disk.delete(target);
      }
      sortOut(holding);
    } catch (IOException second) {
      failure.addSuppressed(second);
      unsorted.add(holding);
    }
  }

  /** Sorts out claims that failed and could not be undone then. */
  void retry() {
    unsorted.removeIf(this::isSortedOut);
    inPlace.retry();
  }

  private boolean isSortedOut(Path holding) {
    try {
      sortOut(holding);
      return true;
    } catch (NoSuchFileException e) {
      // somebody else has sorted it out
      return true;
    } catch (IOException e) {
      LOG.debug("Sorting out '{}' failed; it is tried again: {}", holding, e.toString());
      return false;
    }
  }

  private static boolean isUnchanged(Move move) throws IOException {
    return FileSignature.of(move.source()).sameContentAs(move.candidate().signature());
  }

  /** Sorts out what a crash left. */
  void recover(Inbox.TakenRecordings recordings) throws IOException {
    taken = recordings;
    inPlace.recover(recordings);
    Path folder = inbox.resolve(HOLDING);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> holdings = Files.newDirectoryStream(folder)) {
      for (Path holding : holdings) {
        recover(holding);
      }
    }
    removeIfEmpty(folder);
  }

  /** Takes one folder back; foreign and unclear content stays where it is. */
  private void recover(Path holding) {
    try {
      if (Files.isDirectory(holding, LinkOption.NOFOLLOW_LINKS)) {
        sortOut(holding);
      }
    } catch (IOException e) {
      LOG.warn("Left '{}' alone: {}", holding, e.toString());
    }
  }

  /** Another claim may be using the folder. */
  private static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("The folder of claims is in use; stays path={}", folder);
    }
  }

  private void writeTicket(Path holding, byte[] ticket) throws IOException {
    try (HeldFolder folder = HeldFolder.below(inbox, holding)) {
      folder.run(
          held -> {
            DurableFiles.writeAtomically(held.resolve(TICKET), ticket);
            return held;
          });
    }
  }

  private boolean copy(Path holding, Candidate candidate, Path target) throws IOException {
    Path source = candidate.path();
    try (HeldFolder into = HeldFolder.below(inbox, holding);
        HeldFolder from =
            HeldFolder.below(inbox, source.toAbsolutePath().normalize().resolveSibling(""))) {
      Path held = into.path().resolve(RECORDING);
      from.run(folder -> renamed(Claimer.nameIn(folder, source), held));
      return into.run(folder -> copyUnchanged(new Move(candidate, held, target)));
    }
  }

  static Path renamed(Path source, Path target) throws IOException {
    DurableFiles.rename(source, target);
    return target;
  }

  /** Copies the file; false if it is no longer the candidate. */
  static boolean copyUnchanged(Move move) throws IOException {
    if (!isUnchanged(move)) {
      return false;
    }
    Path copy = VerifiedCopy.toTemporary(move.source(), move.folder());
    try {
      if (!isUnchanged(move)) {
        return false;
      }
      move.keepTime(copy);
      Disk.rename(copy, move.target());
      DurableFiles.forceDirectory(move.folder());
      return true;
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private void sortOut(Path holding) throws IOException {
    try (HeldFolder folder = HeldFolder.below(inbox, holding)) {
      folder.run(
          held -> {
            empty(held);
            return held;
          });
    }
    Files.deleteIfExists(holding);
    removeIfEmpty(holding.resolveSibling(""));
  }

  private void empty(Path holding) throws IOException {
    Path held = holding.resolve(RECORDING);
    Path ticket = holding.resolve(TICKET);
    if (Files.isRegularFile(held, LinkOption.NOFOLLOW_LINKS)) {
      Ticket claim = read(ticket);
      if (isCopied(held, claim.target()) || isDone(held, claim)) {
        Disk.delete(held);
        // it must not come back once its task is done
        DurableFiles.forceDirectory(holding);
      } else {
        LOG.info("A claim was cut off; puts the recording back path={}", claim.source());
        putBack(held, claim.source());
      }
    }
    Files.deleteIfExists(ticket);
    DurableFiles.removeLeftovers(holding);
  }

  private static boolean isCopied(Path held, Path target) throws IOException {
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Files.mismatch(held, target) < 0;
  }

  /** Returns whether the task went on while the disk of the inbox was away, and is over. */
  private boolean isDone(Path held, Ticket claim) throws IOException {
    Inbox.TakenRecordings known = taken;
    Path root = inbox.toAbsolutePath().normalize();
    return known != null
        && claim.source().startsWith(root)
        && !DurableFiles.exists(claim.target().resolveSibling(""))
        && known.finished(root.relativize(claim.source()), held).isPresent();
  }

  /** Moves the recording to the top of the inbox if its folder is now a file or a link. */
  private void putBack(Path held, Path source) throws IOException {
    try {
      new WayBack(inbox).put(held, source);
    } catch (FileSystemException e) {
      LOG.warn("Puts '{}' to the top of the inbox: {}", source, e.toString());
      new WayBack(inbox).put(held, inbox.resolve(source.getFileName()));
    }
  }

  /** The way of a recording, as it is noted beside it. */
  private record Ticket(Path source, Path target) {}

  /** A ticket, which somebody else may have written. */
  private static Ticket read(Path ticket) throws IOException {
    try (InputStream in = Files.newInputStream(ticket, LinkOption.NOFOLLOW_LINKS)) {
      List<String> lines =
          new String(in.readNBytes(MOST_TICKET_BYTES), StandardCharsets.US_ASCII).lines().toList();
      if (lines.size() != 2) {
        throw new IOException("expected two lines in '" + ticket + "', found " + lines.size());
      }
      return new Ticket(
          Path.of(URI.create(lines.get(0))).normalize(), Path.of(URI.create(lines.get(1))));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new IOException("expected two paths in '" + ticket + "': " + e.getMessage(), e);
    }
  }

  /** Both paths as URIs, which keep every byte of a name. */
  private static byte[] ticket(Path source, Path target) {
    String text = source.toAbsolutePath().toUri() + "\n" + target.toAbsolutePath().toUri() + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
