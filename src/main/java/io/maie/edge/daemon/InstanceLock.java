package io.maie.edge.daemon;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.maie.edge.durable.DurableFiles;
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
 * Makes sure that one process works on a state folder. The operating system gives the lock back
 * when the process ends, however it ends. The file holds the process id of its last holder.
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

  private final FileChannel channel;

  private InstanceLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock; empty if another process, or another part of this one, holds it. */
  public static Optional<InstanceLock> tryAcquire(Path state, long pid) throws IOException {
    DurableFiles.createDirectories(state);
    FileChannel channel =
        FileChannel.open(
            state.resolve(NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (tryLock(channel, WANTED_AT, false) == null) {
        channel.close();
        return Optional.empty();
      }
      // waits for those who ask at this moment
      channel.lock(ALIVE_AT, 1, false);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Long.toString(pid).getBytes(US_ASCII)), 0);
      return Optional.of(new InstanceLock(channel));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel, long position, boolean isShared)
      throws IOException {
    try {
      return channel.tryLock(position, 1, isShared);
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
        FileLock lock = tryLock(channel, ALIVE_AT, true)) {
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
  public void close() throws IOException {
    channel.close();
  }
}
