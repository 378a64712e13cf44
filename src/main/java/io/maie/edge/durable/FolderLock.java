package io.maie.edge.durable;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps other instances of the program from a folder, without a file in it: the lock is on the
 * folder itself (flock(2)), and the operating system gives it back when the process ends. A folder
 * that is made anew under the same name is another one and not locked.
 *
 * <p>Where a system or a file system has no such locks, every instance gets one.
 */
public final class FolderLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int EWOULDBLOCK = 11;

  /** Stands for a lock that the system cannot give. */
  private static final int NONE = -1;

  private static final @Nullable LibC LIBC = LibC.load("folders are not locked");

  private final Object key;
  private final int descriptor;

  private FolderLock(Object key, int descriptor) {
    this.key = key;
    this.descriptor = descriptor;
  }

  /**
   * Locks {@code folder}; empty if another process, or another part of this one, holds the lock.
   *
   * @throws IOException if the folder is missing or cannot be looked at
   */
  public static Optional<FolderLock> tryAcquire(Path folder) throws IOException {
    Object key = DurableFiles.fileKey(folder);
    if (LIBC == null) {
      return Optional.of(new FolderLock(key, NONE));
    }
    int descriptor = NONE;
    try {
      descriptor = LIBC.open(LibC.terminated(folder), LibC.O_DIRECTORY | LibC.O_CLOEXEC);
      LIBC.flock(descriptor, LOCK_EX | LOCK_NB);
      return Optional.of(new FolderLock(key, descriptor));
    } catch (LastErrorException e) {
      close(LIBC, descriptor);
      if (e.getErrorCode() == EWOULDBLOCK) {
        return Optional.empty();
      }
      LOG.debug("'{}' cannot be locked: {}", folder, e.getMessage());
      return Optional.of(new FolderLock(key, NONE));
    }
  }

  /**
   * Returns whether {@code folder} is the one that is locked.
   *
   * @throws IOException if the folder is missing or cannot be looked at
   */
  public boolean isOf(Path folder) throws IOException {
    return key.equals(DurableFiles.fileKey(folder));
  }

  @Override
  public void close() {
    if (LIBC != null) {
      close(LIBC, descriptor);
    }
  }

  private static void close(LibC libc, int descriptor) {
    if (descriptor == NONE) {
      return;
    }
    try {
      libc.close(descriptor);
    } catch (LastErrorException e) {
      LOG.debug("Closing a lock failed: {}", e.getMessage());
    }
  }
}
