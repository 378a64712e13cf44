package io.maie.edge.durable;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls by which the life of a recording changes what lies on the disk. Each is logged at TRACE
 * level after it was made, with the {@link Call} and its paths as the arguments of the event, so
 * that tests and benchmarks see the sequence of changes and flushes.
 *
 * <p>What a call changed may be lost by a power cut until the file ({@link #flush}) or the folder
 * ({@link #flushFolder}) has been flushed.
 */
public final class Disk {
  private static final Logger LOG = LoggerFactory.getLogger(Disk.class);
  private static final String TOLD = "{} {} {}";

  private Disk() {}

  /** Kind of call; the second argument of the event in brackets. */
  public enum Call {
    /** A folder was made. */
    MAKE_FOLDER,
    /** A file was made and its content written (number of bytes). */
    WRITE,
    /** The beginning of a file was overwritten, or the file made (number of bytes). */
    OVERWRITE,
    /** Bytes were added to a file, which was made if needed (number of bytes). */
    APPEND,
    /** The content of a file was flushed. */
    FLUSH,
    /** The names in a folder were flushed. */
    FLUSH_FOLDER,
    /** A name was changed; what had the new name is gone (the new name). */
    RENAME,
    /** A file took a second name that was free (the new name). */
    LINK,
    /** A name was removed. */
    DELETE
  }

  static void tell(Call call, Path path, Object more) {
    if (LOG.isTraceEnabled()) {
      Object told = more instanceof Path other ? HeldFolder.named(other) : more;
      LOG.trace(TOLD, call, HeldFolder.named(path), told);
    }
  }

  static void makeFolder(Path folder) throws IOException {
    Files.createDirectory(folder);
    tell(Call.MAKE_FOLDER, folder, "");
  }

  /** Replaces what has the name {@code target}; within one file system only. */
  public static void rename(Path source, Path target) throws IOException {
    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    tell(Call.RENAME, source, target);
  }

  /**
   * Renames in one step unless the name {@code target} is taken.
   *
   * @return false also if the system or the file system knows no such call, or refuses it
   */
  static boolean isRenamedIfFree(Path source, Path target) {
    LibC system = NativeCalls.LIBC;
    if (system == null) {
      return false;
    }
    try {
      system.renameat2(
          LibC.AT_FDCWD,
          LibC.terminated(source),
          LibC.AT_FDCWD,
          LibC.terminated(target),
          LibC.RENAME_NOREPLACE);
    } catch (LastErrorException | UnsatisfiedLinkError e) {
      // the call that is tried next reports the cause
      return false;
    }
    tell(Call.RENAME, source, target);
    return true;
  }

  /** Loaded when it is needed first. */
  private static final class NativeCalls {
    private static final @Nullable LibC LIBC = LibC.load("files are moved in two steps");
  }

  /** Fails if the name {@code target} is taken. */
  static void link(Path file, Path target) throws IOException {
    Files.createLink(target, file);
    tell(Call.LINK, file, target);
  }

  /** Removes a name, if it is there; that of a folder only if it is empty. */
  public static void delete(Path path) throws IOException {
    if (Files.deleteIfExists(path)) {
      tell(Call.DELETE, path, "");
    }
  }

  /** Removes a file, or a folder with its content; files that vanish meanwhile are no failure. */
  public static void deleteTree(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Writes {@code content} over the beginning of {@code file} in one call, without a temporary and
   * without a flush: for a mark of constant length that explains a crash of the process.
   */
  public static void overwrite(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
      channel.write(ByteBuffer.wrap(content));
    }
    tell(Call.OVERWRITE, file, content.length);
  }

  static void flush(FileChannel channel, Path file) throws IOException {
    channel.force(true);
    tell(Call.FLUSH, file, "");
  }

  /** Flushes a folder's names; file systems that know no such thing are left alone. */
  static void flushFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
      tell(Call.FLUSH_FOLDER, folder, "");
    } catch (IOException e) {
      if (StorageFailure.of(e) != StorageFailure.UNSUPPORTED) {
        throw e;
      }
    }
  }
}
