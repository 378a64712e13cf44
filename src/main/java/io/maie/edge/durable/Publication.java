package io.maie.edge.durable;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes finished files visible under names that nobody else has.
 *
 * <p>File contract: the target appears complete, under a name that was free, by one {@code link()}
 * that fails where the name exists; then the finished file's own name is removed. A crash between
 * the two leaves both names for one file, which a repeated call recognises and completes. A move is
 * one rename that fails where the name exists, where the system has that. File systems without hard
 * links (exFAT, some network shares) are served by a look and a rename; there two writers at the
 * same instant could overwrite each other, which the single-instance lock excludes for our own.
 */
public final class Publication {
  private Publication() {}

  /**
   * Gives {@code finished} the name {@code target}, unless that name is taken, and flushes the
   * folder of {@code target}. After a power cut the file may still have its own name too.
   *
   * @return false if the name is taken by another file
   * @throws AtomicMoveNotSupportedException if the two lie on different file systems
   */
  public static boolean publishIfFree(Path finished, Path target) throws IOException {
    try {
      Disk.link(finished, target);
    } catch (FileAlreadyExistsException e) {
      if (!isSame(finished, target)) {
        return false;
      }
    } catch (UnsupportedOperationException e) {
      return renameIfFree(finished, target);
    } catch (IOException e) {
      return publishWithoutLinks(finished, target, e);
    }
    removeOldName(finished, target);
    return true;
  }

  /** In another folder the new name must last before the old one goes; in one folder they do. */
  private static void removeOldName(Path finished, Path target) throws IOException {
    Path folder = DurableFiles.folderOf(target);
    if (DurableFiles.folderOf(finished).equals(folder)) {
      Disk.delete(finished);
      DurableFiles.forceDirectory(folder);
    } else {
      DurableFiles.forceDirectory(folder);
      Disk.delete(finished);
    }
  }

  /**
   * Gives {@code finished} the name {@code target} besides its own, unless that name is taken, and
   * flushes the folder of {@code target}. The file is opened to the group of that folder first.
   *
   * @return false if the name is taken
   * @throws AtomicMoveNotSupportedException if no second name can be had there: a copy is needed
   */
  public static boolean shareIfFree(Path finished, Path target) throws IOException {
    Path folder = DurableFiles.folderOf(target);
    GroupAccess.grant(finished, folder);
    switch (link(finished, target)) {
      case TAKEN -> {
        return false;
      }
      case IMPOSSIBLE ->
          throw new AtomicMoveNotSupportedException(
              finished.toString(), target.toString(), "no second name for one file");
      case LINKED -> {}
    }
    DurableFiles.forceDirectory(folder);
    return true;
  }

  /**
   * Gives a flushed file the name {@code target} besides its own, or a flushed copy that name where
   * there can be no second one; does nothing if the name is taken. The caller flushes the folder.
   */
  public static void share(Path finished, Path target) throws IOException {
    if (link(finished, target) == Link.IMPOSSIBLE) {
      DurableFiles.writeAtomically(target, Files.readAllBytes(finished));
    }
  }

  /** Answers to the wish for a second name. */
  private enum Link {
    LINKED,
    TAKEN,
    IMPOSSIBLE
  }

  private static Link link(Path finished, Path target) throws IOException {
    try {
      Disk.link(finished, target);
      return Link.LINKED;
    } catch (FileAlreadyExistsException e) {
      return Link.TAKEN;
    } catch (UnsupportedOperationException e) {
      return Link.IMPOSSIBLE;
    } catch (IOException e) {
      return switch (StorageFailure.of(e)) {
        case PERMISSION, UNSUPPORTED, CROSS_DEVICE -> Link.IMPOSSIBLE;
        default -> throw e;
      };
    }
  }

  /**
   * Gives {@code finished} the first free name of a series and returns it.
   *
   * @throws AtomicMoveNotSupportedException if the two lie on different file systems
   */
  public static Path publish(Path finished, Path folder, NameSeries names) throws IOException {
    return FirstFreeName.take(
        folder.resolve(names.name(1)),
        number -> {
          Path target = folder.resolve(names.name(number));
          return publishIfFree(finished, target) ? Optional.of(target) : Optional.empty();
        });
  }

  /**
   * Moves a file to {@code target} unless that name is taken, across file systems by a verified,
   * flushed copy. The moved file is opened to the group of its folder.
   *
   * @return false if the name is taken by another file
   */
  public static boolean moveIfFree(Path source, Path target) throws IOException {
    boolean moved = moveOutIfFree(source, target);
    Path from = DurableFiles.folderOf(source);
    if (moved && !from.equals(DurableFiles.folderOf(target))) {
      DurableFiles.forceDirectory(from);
    }
    return moved;
  }

  /**
   * The same without flushing the folder of {@code source}, for a folder that is about to go: after
   * a power cut the file may lie there too, and a repeated call recognises that.
   */
  public static boolean moveOutIfFree(Path source, Path target) throws IOException {
    if (Disk.isRenamedIfFree(source, target)) {
      DurableFiles.forceDirectory(DurableFiles.folderOf(target));
      GroupAccess.grant(target);
      return true;
    }
    try {
      if (publishIfFree(source, target)) {
        GroupAccess.grant(target);
        return true;
      }
      if (!isCopy(source, target)) {
        return false;
      }
    } catch (AtomicMoveNotSupportedException e) {
      Path copy = VerifiedCopy.toTemporary(source, DurableFiles.folderOf(target));
      if (!publishIfFree(copy, target)) {
        Files.deleteIfExists(copy);
        return false;
      }
    }
    Disk.delete(source);
    return true;
  }

  /**
   * Returns whether {@link #moveIfFree} would succeed: the name is free, or an earlier call that
   * was cut off has already given it to this very file or to its copy on another file system.
   */
  public static boolean isFreeFor(Path source, Path target) throws IOException {
    return !Files.exists(target, LinkOption.NOFOLLOW_LINKS)
        || isSame(source, target)
        || isCopy(source, target);
  }

  /** A copy on another file system, left by a move that was cut off before it ended. */
  private static boolean isCopy(Path source, Path target) throws IOException {
    return isRegular(target)
        && !Files.getFileStore(source).equals(Files.getFileStore(target))
        && Files.size(source) == Files.size(target)
        && Files.mismatch(source, target) < 0;
  }

  private static boolean publishWithoutLinks(Path finished, Path target, IOException failure)
      throws IOException {
    switch (StorageFailure.of(failure)) {
      case PERMISSION, UNSUPPORTED -> {
        return renameIfFree(finished, target);
      }
      case CROSS_DEVICE ->
          throw new AtomicMoveNotSupportedException(
              finished.toString(), target.toString(), "different file systems");
      default -> throw failure;
    }
  }

  private static boolean renameIfFree(Path finished, Path target) throws IOException {
    if (DurableFiles.exists(target)) {
      return false;
    }
    Disk.rename(finished, target);
    DurableFiles.forceDirectory(DurableFiles.folderOf(target));
    return true;
  }

  private static boolean isSame(Path finished, Path target) throws IOException {
    try {
      return isRegular(target) && Files.isSameFile(finished, target);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isRegular(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }
}
