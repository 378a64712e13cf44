package io.maie.edge.daemon;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FolderLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that one process works on a state folder and on a work folder, which another home may
 * share by mistake. The operating system gives the locks back when the process ends, however it
 * ends. The file in the state folder holds the process id of its last holder.
 *
 * <p>Two bytes are locked: a process that wants to be the instance locks the first, and the
 * instance also locks the second. Others look at the second only, so that a look keeps no process
 * from starting.
 */
public final class InstanceLock implements AutoCloseable {
  /** Name of the file in the state folder. */
  public static final String NAME = "lock";

  /** Position of the byte that is locked as long as the instance lives. */
  static final long ALIVE_AT = 1;

  private static final long WANTED_AT = 0;

  private final Path state;
  private final Path work;
  private final long pid;

  /** Locks of the present state folder; guarded by this. */
  private LockFile file;

  /** Lock of the present work folder; null while there is none; guarded by this. */
  private @Nullable FolderLock folder;

  /** Guarded by this. */
  private boolean isClosed;

  private InstanceLock(
      Path state, Path work, long pid, LockFile file, @Nullable FolderLock folder) {
    this.state = state;
    this.work = work;
    this.pid = pid;
    this.file = file;
    this.folder = folder;
  }

  /**
   * The locked file in the state folder.
   *
   * @param key tells it from a later file of that name
   */
  private record LockFile(FileChannel channel, Object key) {}

  /**
   * Takes the locks of both folders; empty if another process, or another part of this one, holds
   * one of them. A work folder that is not there is locked by {@link #keep} when it is.
   */
  public static Optional<InstanceLock> tryAcquire(Path state, Path work, long pid)
      throws IOException {
    // the work folder first: who is refused there leaves nothing in a state folder made anew
    FolderLock folder = null;
    if (Files.isDirectory(work)) {
      folder = FolderLock.tryAcquire(work).orElse(null);
      if (folder == null) {
        return Optional.empty();
      }
    }
    Optional<LockFile> file = Optional.empty();
    try {
      DurableFiles.createDirectories(state);
      file = tryAcquire(state, pid);
    } finally {
      if (file.isEmpty() && folder != null) {
        folder.close();
      }
    }
    FolderLock held = folder;
    return file.map(locked -> new InstanceLock(state, work, pid, locked, held));
  }

  private static Optional<LockFile> tryAcquire(Path state, long pid) throws IOException {
    FileChannel channel =
        FileChannel.open(
            state.resolve(NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    boolean isHeld = false;
    try {
      isHeld = tried(() -> channel.tryLock(WANTED_AT, 1, false)) != null;
      if (!isHeld) {
        return Optional.empty();
      }
      // waits for those who ask at this moment
      channel.lock(ALIVE_AT, 1, false);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Long.toString(pid).getBytes(US_ASCII)), 0);
      return Optional.of(new LockFile(channel, DurableFiles.fileKey(state.resolve(NAME))));
    } catch (IOException e) {
      isHeld = false;
      throw e;
    } finally {
      if (!isHeld) {
        channel.close();
      }
    }
  }

  /**
   * Locks the folders again that somebody removed and made anew, in which another instance could
   * start. A folder that is away is not made.
   *
   * @return whether this is still the only instance; if not, it must end
   * @throws IOException if that cannot be told or done now
   */
  public synchronized boolean keep() throws IOException {
    return isClosed || (keepWork() && keepState());
  }

  private boolean keepWork() throws IOException {
    FolderLock before = folder;
    if (!Files.isDirectory(work) || (before != null && before.isOf(work))) {
      return true;
    }
    Optional<FolderLock> fresh = FolderLock.tryAcquire(work);
    if (fresh.isPresent() && before != null) {
      before.close();
    }
    folder = fresh.orElse(before);
    return fresh.isPresent();
  }

  private boolean keepState() throws IOException {
    if (!Files.isDirectory(state) || isCurrent()) {
      return true;
    }
    Optional<LockFile> fresh = tryAcquire(state, pid);
    if (fresh.isPresent()) {
      file.channel().close();
      file = fresh.get();
    }
    return fresh.isPresent();
  }

  private boolean isCurrent() throws IOException {
    try {
      return file.key().equals(DurableFiles.fileKey(state.resolve(NAME)));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** An attempt to lock some bytes. */
  @FunctionalInterface
  private interface Attempt {
    @Nullable FileLock lock() throws IOException;
  }

  /** The lock; null if another process holds it, or another part of this one. */
  private static @Nullable FileLock tried(Attempt attempt) throws IOException {
    try {
      return attempt.lock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Returns whether some process holds the lock now. Needs to read the file only; leaves none
   * behind.
   */
  public static boolean isHeld(Path state) throws IOException {
    try (FileChannel channel = FileChannel.open(state.resolve(NAME), StandardOpenOption.READ);
        FileLock lock = tried(() -> channel.tryLock(ALIVE_AT, 1, true))) {
      return lock == null;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** The process id that the last holder wrote. */
  public static OptionalLong holder(Path state) throws IOException {
    try {
      String text = Files.readString(state.resolve(NAME), US_ASCII).strip();
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException | NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    isClosed = true;
    if (folder != null) {
      folder.close();
    }
    file.channel().close();
  }
}
