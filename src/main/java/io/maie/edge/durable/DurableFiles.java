package io.maie.edge.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.UUID;

/**
 * The ways in which this program writes, renames and creates files, so that a power cut leaves
 * either the old state or the new one.
 *
 * <p>File contract: content is written to a temporary file beside the target (named {@code
 * .maie-<random>.tmp}, which every hot folder ignores), flushed to the device, renamed, and the
 * folder flushed. An observer sees the old content or the new, never a part. After a crash a
 * temporary may be left; {@link #removeLeftovers} clears it. Files take mode 0664 and the group of
 * their folder where the system allows it.
 */
public final class DurableFiles {
  /** The reason for a failure if a part of the way to a folder is no folder. */
  static final String FOREIGN = "expected a folder, found a file or a link";

  private static final String TEMPORARY_PREFIX = ".maie-";
  private static final String TEMPORARY_SUFFIX = ".tmp";

  private DurableFiles() {}

  /** A fresh temporary path in {@code folder}; short, so that it fits wherever the target fits. */
  public static Path temporaryIn(Path folder) {
    return folder.resolve(
        TEMPORARY_PREFIX + UUID.randomUUID().toString().substring(0, 18) + TEMPORARY_SUFFIX);
  }

  /**
   * The temporary path in {@code folder} for a copy of {@code original}: always the same, so that
   * doing it again after a crash replaces what was left.
   */
  public static Path temporaryFor(Path original, Path folder) {
    String owner = original.toAbsolutePath().toUri().toString();
    UUID name = UUID.nameUUIDFromBytes(owner.getBytes(StandardCharsets.UTF_8));
    return folder.resolve(TEMPORARY_PREFIX + name.toString().substring(0, 23) + TEMPORARY_SUFFIX);
  }

  /** Returns whether a file name is one of {@link #temporaryIn} or {@link #temporaryFor}. */
  public static boolean isTemporary(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith(TEMPORARY_PREFIX) && name.endsWith(TEMPORARY_SUFFIX);
  }

  /** Replaces {@code target}; after the return the content survives a power cut. */
  public static void writeAtomically(Path target, byte[] content) throws IOException {
    Path folder = folderOf(target);
    replace(target, writeTemporary(folder, content));
    forceDirectory(folder);
  }

  /**
   * Replaces {@code target} without flushing: for files such as a status that are rewritten often
   * and worth nothing after a crash. Observers still see the old content or the new.
   */
  public static void replaceWithoutFlush(Path target, byte[] content) throws IOException {
    Path temporary = temporaryIn(folderOf(target));
    try {
      Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      GroupAccess.grant(temporary);
    } catch (IOException e) {
      throw abandoned(temporary, e);
    }
    replace(target, temporary);
  }

  /**
   * Writes a flushed temporary into {@code folder}, to be given to {@link Publication}; nothing is
   * left if that fails.
   */
  public static Path writeTemporary(Path folder, byte[] content) throws IOException {
    Path temporary = temporaryIn(folder);
    write(temporary, content);
    return temporary;
  }

  /** Writes and flushes a new file; nothing is left if that fails. */
  public static void write(Path temporary, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      Disk.tell(Disk.Call.WRITE, temporary, content.length);
      GroupAccess.grant(temporary);
      Disk.flush(channel, temporary);
    } catch (IOException e) {
      throw abandoned(temporary, e);
    }
  }

  /**
   * Appends to a log of lines and flushes. A crash may leave a torn last line, which readers skip;
   * the content starts on a fresh line even then.
   */
  public static void append(Path file, byte[] line) throws IOException {
    boolean created = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS))) {
      long end = channel.size();
      ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
      if (isTorn(channel, end)) {
        bytes.put((byte) '\n');
      }
      bytes.put(line).flip();
      while (bytes.hasRemaining()) {
        end += channel.write(bytes, end);
      }
      Disk.tell(Disk.Call.APPEND, file, line.length);
      Disk.flush(channel, file);
    }
    if (created) {
      GroupAccess.grant(file);
      forceDirectory(folderOf(file));
    }
  }

  private static boolean isTorn(FileChannel channel, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
  }

  /**
   * Renames within one file system and flushes both folders; an existing target is replaced.
   *
   * @throws java.nio.file.AtomicMoveNotSupportedException if the two lie on different file systems;
   *     nothing has changed then
   */
  public static void rename(Path source, Path target) throws IOException {
    Disk.rename(source, target);
    forceDirectory(folderOf(target));
    if (!folderOf(source).equals(folderOf(target))) {
      forceDirectory(folderOf(source));
    }
  }

  /**
   * Flushes a finished file's content to the device; file systems that know no such thing are left
   * alone.
   */
  public static void forceFile(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      Disk.flush(channel, file);
    } catch (IOException e) {
      if (StorageFailure.of(e) != StorageFailure.UNSUPPORTED) {
        throw e;
      }
    }
  }

  /** Flushes a folder's entries; file systems that know no such thing are left alone. */
  public static void forceDirectory(Path folder) throws IOException {
    Disk.flushFolder(folder);
  }

  /**
   * Checks that {@code folder} exists, for callers that must not create it, since its disk may not
   * be mounted.
   *
   * @throws NoSuchFileException if it is not
   */
  public static void requireFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
  }

  /**
   * Tells a file or folder from a later one of that path, as long as it is open; the path where the
   * system knows no such thing.
   *
   * @throws IOException if it is missing or cannot be looked at
   */
  public static Object fileKey(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path : key;
  }

  /**
   * Returns whether something has that name, be it a link that leads nowhere. A look that fails
   * does not count as an absence, as in {@link Files#exists}: a caller that trusts that may delete
   * a file that exists.
   *
   * @throws IOException if it cannot be told, such as while a network file system is away
   */
  public static boolean exists(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Creates a folder and its parents, for its owner and group (2775), and flushes them. */
  public static void createDirectories(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      createDirectories(parent);
    }
    try {
      Disk.makeFolder(folder);
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(folder)) {
        return;
      }
      throw e;
    }
    GroupAccess.grantFolder(folder);
    if (parent != null) {
      forceDirectory(parent);
    }
  }

  /**
   * Creates {@code relative} below {@code root} without following a link on the way, and returns
   * it.
   *
   * @throws FileSystemException if a part of the way is not a folder, such as a link that leads out
   */
  public static Path createDirectoriesBelow(Path root, Path relative) throws IOException {
    requireFolder(root);
    Path folder = root;
    for (Path element : relative) {
      try (HeldFolder parent = HeldFolder.below(root, folder)) {
        parent.run(held -> createFolder(held.resolve(element)));
      }
      folder = folder.resolve(element);
    }
    requireNoLinkBelow(root, folder);
    return folder;
  }

  private static Path createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return folder;
    }
    try {
      Disk.makeFolder(folder);
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        return folder;
      }
      throw foreign(folder);
    }
    GroupAccess.grantFolder(folder);
    forceDirectory(folderOf(folder));
    return folder;
  }

  /**
   * Makes sure that every folder on the way from {@code root} to {@code folder} is a folder and no
   * link: somebody else may write below {@code root}, and must not lead us out of it.
   *
   * @param folder below {@code root}, or {@code root} itself, which may be a link
   * @throws FileSystemException if a part of the way is something else
   * @throws NoSuchFileException if a part of the way is missing
   */
  public static void requireNoLinkBelow(Path root, Path folder) throws IOException {
    Path way = root;
    for (Path element : wayBelow(root, folder)) {
      way = way.resolve(element);
      boolean isFolder =
          Files.readAttributes(way, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .isDirectory();
      if (!isFolder) {
        throw foreign(way);
      }
    }
  }

  /**
   * The way from {@code root} to {@code folder}; {@code .} if they are the same.
   *
   * @throws FileSystemException if {@code folder} does not lie below {@code root}
   */
  public static Path wayBelow(Path root, Path folder) throws FileSystemException {
    Path from = root.toAbsolutePath().normalize();
    Path to = folder.toAbsolutePath().normalize();
    if (!to.startsWith(from)) {
      throw new FileSystemException(
          folder.toString(), null, "expected a folder below '" + root + "'");
    }
    return to.equals(from) ? Path.of(".") : from.relativize(to);
  }

  static FileSystemException foreign(Path path) {
    return new FileSystemException(path.toString(), null, FOREIGN + "; remove it");
  }

  /** Removes temporaries that a crash left in {@code folder} itself; returns how many. */
  public static int removeLeftovers(Path folder) throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(folder, DurableFiles::isTemporary)) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          removed += Files.deleteIfExists(entry) ? 1 : 0;
        }
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return removed;
  }

  static Path folderOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("expected the path of a file, found '" + file + "'");
    }
    return parent;
  }

  /** Removes a temporary that failed, keeping the first failure. */
  static IOException abandoned(Path temporary, IOException failure) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private static void replace(Path target, Path temporary) throws IOException {
    try {
      Disk.rename(temporary, target);
    } catch (IOException e) {
      throw abandoned(temporary, e);
    }
  }
}
