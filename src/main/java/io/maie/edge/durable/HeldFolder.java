package io.maie.edge.durable;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that was reached from a trusted root without following a link, and that stays this very
 * folder until it is closed, whatever becomes of the names on the way to it. Others may write below
 * the inbox, the outbox and their like: a check of the way alone would hold until the next instant.
 *
 * <p>Each step of the way is opened with {@code O_PATH} and {@code O_NOFOLLOW} (open(2)), and
 * {@link #path} leads through {@code /proc/self/fd} (proc(5)). Where a system has no such thing the
 * way is checked once, and the path is the folder's own.
 */
public final class HeldFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeldFolder.class);
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int ENOTDIR = 20;
  private static final int ELOOP = 40;

  /** Stands for a folder that is not held, only checked. */
  private static final int NONE = -1;

  private static final @Nullable LibC LIBC =
      Files.isDirectory(DESCRIPTORS) ? LibC.load("folders are checked and not held") : null;

  private final Path folder;
  private final Path path;
  private final int descriptor;

  private HeldFolder(Path folder, int descriptor) {
    this.folder = folder;
    this.descriptor = descriptor;
    this.path = descriptor == NONE ? folder : DESCRIPTORS.resolve(Integer.toString(descriptor));
  }

  /** Something that is done in the folder, whose names resolve against {@code held}. */
  @FunctionalInterface
  public interface Work<T> {
    T in(Path held) throws IOException;
  }

  /**
   * Holds {@code folder}.
   *
   * @param root where others cannot plant a link; may be one itself
   * @param folder below {@code root}, or {@code root}
   * @throws NoSuchFileException if a part of the way is missing
   * @throws FileSystemException if a part of the way is a link or a file
   */
  public static HeldFolder below(Path root, Path folder) throws IOException {
    Path way = DurableFiles.wayBelow(root, folder);
    HeldFolder held = open(root.toAbsolutePath(), root.toAbsolutePath(), 0);
    if (way.equals(Path.of("."))) {
      return held;
    }
    for (Path element : way) {
      try (HeldFolder parent = held) {
        held = parent.child(element);
      }
    }
    return held;
  }

  /** Holds the folder {@code name} in this one. */
  HeldFolder child(Path name) throws IOException {
    return open(folder.resolve(name), path.resolve(name), LibC.O_NOFOLLOW);
  }

  private static HeldFolder open(Path folder, Path path, int noFollow) throws IOException {
    if (LIBC == null) {
      return checked(folder, noFollow);
    }
    try {
      int flags = LibC.O_PATH | LibC.O_DIRECTORY | LibC.O_CLOEXEC | noFollow;
      return new HeldFolder(folder, LIBC.open(LibC.terminated(path), flags));
    } catch (LastErrorException e) {
      throw switch (e.getErrorCode()) {
        case ENOENT -> new NoSuchFileException(folder.toString());
        case EACCES -> new AccessDeniedException(folder.toString());
        case ENOTDIR, ELOOP -> DurableFiles.foreign(folder);
        default -> new FileSystemException(folder.toString(), null, e.getMessage());
      };
    }
  }

  private static HeldFolder checked(Path folder, int noFollow) throws IOException {
    DurableFiles.requireFolder(folder);
    if (noFollow != 0 && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw DurableFiles.foreign(folder);
    }
    return new HeldFolder(folder, NONE);
  }

  /** The path of the folder while it is held; it means nothing to people. */
  public Path path() {
    return path;
  }

  /** Does {@code work}; a failure names its files as people know them. */
  public <T> T run(Work<T> work) throws IOException {
    try {
      return work.in(path);
    } catch (FileSystemException e) {
      throw named(e);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (descriptor == NONE || !message.contains(path + "/")) {
        throw e;
      }
      throw new IOException(message.replace(path + "/", folder + "/"), e);
    }
  }

  private FileSystemException named(FileSystemException e) {
    String file = named(e.getFile());
    String other = named(e.getOtherFile());
    FileSystemException named;
    if (e instanceof NoSuchFileException) {
      named = new NoSuchFileException(file, other, e.getReason());
    } else if (e instanceof FileAlreadyExistsException) {
      named = new FileAlreadyExistsException(file, other, e.getReason());
    } else if (e instanceof AccessDeniedException) {
      named = new AccessDeniedException(file, other, e.getReason());
    } else if (e instanceof AtomicMoveNotSupportedException) {
      named = new AtomicMoveNotSupportedException(file, other, e.getReason());
    } else if (e.getClass() == FileSystemException.class) {
      named = new FileSystemException(file, other, e.getReason());
    } else {
      return e;
    }
    named.initCause(e);
    return named;
  }

  private @Nullable String named(@Nullable String file) {
    if (file == null || descriptor == NONE) {
      return file;
    }
    Path found = Path.of(file);
    return found.startsWith(path)
        ? folder.resolve(path.relativize(found)).toString()
        : named(found).toString();
  }

  /** The ordinary path of one that leads through a held folder; other paths unchanged. */
  static Path named(Path path) {
    if (!path.startsWith(DESCRIPTORS) || path.getNameCount() <= DESCRIPTORS.getNameCount()) {
      return path;
    }
    Path descriptor = DESCRIPTORS.resolve(path.getName(DESCRIPTORS.getNameCount()));
    try {
      return Files.readSymbolicLink(descriptor).resolve(descriptor.relativize(path));
    } catch (IOException e) {
      LOG.trace("'{}' is closed", descriptor);
      return path;
    }
  }

  @Override
  public void close() {
    if (descriptor == NONE || LIBC == null) {
      return;
    }
    try {
      LIBC.close(descriptor);
    } catch (LastErrorException e) {
      LOG.debug("Closing a held folder failed; continues error={}", e.getErrorCode());
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
