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
 */
public final class InstanceLock implements AutoCloseable {
  /** Name of the file in the state folder. */
  public static final String NAME = "lock";

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
      if (tryLock(channel) == null) {
        channel.close();
        return Optional.empty();
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Long.toString(pid).getBytes(US_ASCII)), 0);
      return Optional.of(new InstanceLock(channel));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Whether some process holds the lock now. Leaves no file behind. */
  public static boolean isHeld(Path state) throws IOException {
    Path file = state.resolve(NAME);
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        lock.release();
      }
      return lock == null;
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
