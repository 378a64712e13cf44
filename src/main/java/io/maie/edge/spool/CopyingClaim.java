package io.maie.edge.spool;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.VerifiedCopy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims by a copy, where a rename to the target cannot be had or would not make the file ours.
 *
 * <p>File contract: the recording is renamed into the hidden {@code .maie-claimed/<random>/} of the
 * inbox (that wins or loses the race), copied beside the target, flushed, read back, and renamed to
 * the target (that completes the claim); then the original name is removed. What a crash leaves in
 * the hidden folder is sorted out by {@link #recover}: back to the inbox if the target was not
 * reached, removed if it was.
 */
final class CopyingClaim {
  static final String HOLDING = ".maie-claimed";

  private static final Logger LOG = LoggerFactory.getLogger(CopyingClaim.class);
  private static final String TICKET = "ticket";
  private static final String RECORDING = "recording";

  private final Path inbox;

  CopyingClaim(Path inbox) {
    this.inbox = inbox;
  }

  /** Copies the candidate to {@code target}; false if it changed meanwhile and is back. */
  boolean claim(Candidate candidate, Path target) throws IOException {
    Path holding = inbox.resolve(HOLDING).resolve(UUID.randomUUID().toString());
    try {
      DurableFiles.createDirectories(holding);
      DurableFiles.writeAtomically(holding.resolve(TICKET), ticket(candidate.path(), target));
      boolean copied = copy(holding.resolve(RECORDING), candidate, target);
      sortOut(holding);
      return copied;
    } catch (IOException e) {
      try {
        sortOut(holding);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private static boolean isUnchanged(Path held, Candidate candidate) throws IOException {
    return FileSignature.of(held).sameContentAs(candidate.signature());
  }

  /** Sorts out what a crash left. */
  void recover() throws IOException {
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

  /** What is not ours, or cannot be sorted out, stays where it is. */
  private static void recover(Path holding) {
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

  private static boolean copy(Path held, Candidate candidate, Path target) throws IOException {
    DurableFiles.rename(candidate.path(), held);
    if (!isUnchanged(held, candidate)) {
      return false;
    }
    Path folder = target.toAbsolutePath().resolveSibling("");
    Path copy = VerifiedCopy.toTemporary(held, folder);
    try {
      if (!isUnchanged(held, candidate)) {
        return false;
      }
      Files.setLastModifiedTime(
          copy, FileTime.from(candidate.signature().modifiedNanos(), TimeUnit.NANOSECONDS));
      Disk.rename(copy, target);
      DurableFiles.forceDirectory(folder);
      return true;
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static void sortOut(Path holding) throws IOException {
    Path held = holding.resolve(RECORDING);
    Path ticket = holding.resolve(TICKET);
    if (Files.isRegularFile(held, LinkOption.NOFOLLOW_LINKS)) {
      String[] lines = Files.readString(ticket, StandardCharsets.US_ASCII).split("\n", -1);
      Path source = Path.of(URI.create(lines[0]));
      Path target = Path.of(URI.create(lines[1]));
      boolean isCopied =
          Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
              && Files.mismatch(held, target) < 0;
      if (isCopied) {
        Disk.delete(held);
      } else {
        LOG.info("A claim was cut off; puts the recording back path={}", source);
        Claimer.putBack(held, source);
      }
    }
    Files.deleteIfExists(ticket);
    DurableFiles.removeLeftovers(holding);
    Files.deleteIfExists(holding);
    removeIfEmpty(holding.resolveSibling(""));
  }

  /** Both paths as URIs, which keep every byte of a name. */
  private static byte[] ticket(Path source, Path target) {
    String text = source.toAbsolutePath().toUri() + "\n" + target.toAbsolutePath().toUri() + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
