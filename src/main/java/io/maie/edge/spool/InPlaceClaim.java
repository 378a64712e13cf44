package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.HeldFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims by a copy from a disk that has no room for anything new, such as a full stick: every claim
 * makes room there, so that it must not need any.
 *
 * <p>File contract: the recording is renamed to {@code .maie-claimed-NAME} in its own folder (that
 * wins or loses the race), copied beside the target, flushed, read back, and renamed to the target;
 * then the hidden name is removed. What a crash leaves under a hidden name is removed if a task has
 * it, and gets its name back otherwise.
 */
final class InPlaceClaim {
  static final String PREFIX = ".maie-claimed-";

  private static final Logger LOG = LoggerFactory.getLogger(InPlaceClaim.class);
  private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);

  private final Path inbox;
  private final int depth;

  /** Targets of claims that failed and could not be undone, by the hidden name. */
  private final Map<Path, Path> unsorted = new ConcurrentHashMap<>();

  InPlaceClaim(Path inbox, int depth) {
    this.inbox = requireNonNull(inbox, "inbox is null");
    this.depth = depth;
  }

  /** Copies the candidate to {@code target}; false if it changed meanwhile and is back. */
  boolean claim(Candidate candidate, Path target) throws IOException {
    Path held = held(candidate.path());
    if (DurableFiles.exists(held)) {
      throw new FileAlreadyExistsException(held.toString());
    }
    beside(
        held,
        there -> CopyingClaim.renamed(Claimer.nameIn(folderOf(there), candidate.path()), there));
    try {
      boolean copied =
          beside(held, there -> CopyingClaim.copyUnchanged(new Move(candidate, there, target)));
      sortOut(held, copied);
      return copied;
    } catch (IOException e) {
      takeBack(held, target, e);
      throw e;
    }
  }

  /** Does {@code work} with {@code file}, whose folder is held meanwhile. */
  private <T> T beside(Path file, HeldFolder.Work<T> work) throws IOException {
    try (HeldFolder folder = HeldFolder.below(inbox, folderOf(file))) {
      return folder.run(held -> work.in(Claimer.nameIn(held, file)));
    }
  }

  private static Path folderOf(Path file) {
    return file.toAbsolutePath().normalize().resolveSibling("");
  }

  /** The name with the prefix, byte for byte. */
  private static Path held(Path source) {
    byte[] name = FileNames.rawBytes(source);
    byte[] all = Arrays.copyOf(PREFIX_BYTES, PREFIX_BYTES.length + name.length);
    System.arraycopy(name, 0, all, PREFIX_BYTES.length, name.length);
    return FileNames.resolve(source.toAbsolutePath().resolveSibling(""), all);
  }

  private static Path source(Path held) {
    byte[] name = FileNames.rawBytes(held);
    return FileNames.resolve(
        held.toAbsolutePath().resolveSibling(""),
        Arrays.copyOfRange(name, PREFIX_BYTES.length, name.length));
  }

  private void sortOut(Path held, boolean isTaken) throws IOException {
    if (!Files.isRegularFile(held, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (isTaken) {
      beside(held, InPlaceClaim::deleted);
    } else {
      new WayBack(inbox).put(held, source(held));
    }
  }

  private static Path deleted(Path file) throws IOException {
    Disk.delete(file);
    // it must not come back once its task is done
    DurableFiles.forceDirectory(file.resolveSibling(""));
    return file;
  }

  private void takeBack(Path held, Path target, IOException failure) {
    try {
      if (DurableFiles.exists(held)) {
        Disk.delete(target);
      }
      sortOut(held, false);
    } catch (IOException second) {
      failure.addSuppressed(second);
      unsorted.put(held, target);
    }
  }

  /** Sorts out claims that failed and could not be undone then. */
  void retry() {
    unsorted.entrySet().removeIf(claim -> isSortedOut(claim.getKey(), claim.getValue()));
  }

  private boolean isSortedOut(Path held, Path target) {
    try {
      sortOut(held, isCopy(held, target));
      return true;
    } catch (IOException e) {
      LOG.debug("Sorting out '{}' failed; it is tried again: {}", held, e.toString());
      return false;
    }
  }

  private static boolean isCopy(Path held, Path target) throws IOException {
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Files.mismatch(held, target) < 0;
  }

  /** Sorts out what a crash left. */
  void recover(Inbox.TakenRecordings taken) throws IOException {
    for (Path held : leftovers()) {
      try {
        LOG.info("A claim was cut off; sorts out '{}'", held);
        sortOut(held, taken.contain(inbox.relativize(source(held)), held));
      } catch (IOException e) {
        LOG.warn("Left '{}' alone: {}", held, e.toString());
      }
    }
  }

  private List<Path> leftovers() throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        inbox,
        Set.<FileVisitOption>of(),
        depth + 1,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName());
            if (attributes.isRegularFile()
                && name.startsWith(PREFIX)
                && name.length() > PREFIX.length()) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            LOG.debug("Looking at '{}' failed: {}", file, failure.toString());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
