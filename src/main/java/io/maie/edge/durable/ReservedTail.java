package io.maie.edge.durable;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a file that was reserved and never written. Senders that set the whole size first
 * leave one when they break off (Windows, {@code rsync --preallocate}). It reads as zeros, so that
 * only the file system can tell it from silence: see {@code SEEK_HOLE} in lseek(2).
 */
public final class ReservedTail {
  private static final Logger LOG = LoggerFactory.getLogger(ReservedTail.class);

  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;

  /** A file with more pieces than this was not written by a sender that reserves it at once. */
  private static final int MOST_PIECES = 10_000;

  private static final @Nullable LibC LIBC =
      LibC.load("files that were only reserved are not known");

  private ReservedTail() {}

  /**
   * Returns the bytes at the end of {@code file} that were never written; 0 also where the file
   * system does not tell.
   *
   * @throws IOException if the file cannot be looked at
   */
  public static long bytes(Path file) throws IOException {
    long size = Files.size(file);
    if (size == 0 || LIBC == null) {
      return 0;
    }
    try {
      int descriptor =
          LIBC.open(LibC.terminated(file), LibC.O_NONBLOCK | LibC.O_CLOEXEC | LibC.O_NOFOLLOW);
      try {
        return size - written(LIBC, descriptor, size);
      } finally {
        LIBC.close(descriptor);
      }
    } catch (LastErrorException e) {
      LOG.debug("Looking for reserved bytes failed; error={} path={}", e.getErrorCode(), file);
      return 0;
    }
  }

  /** The end of the last written piece. */
  private static long written(LibC libc, int descriptor, long size) {
    boolean endsInHole = libc.lseek(descriptor, size - 1, SEEK_HOLE) == size - 1;
    long end = endsInHole ? 0 : size;
    for (int piece = 0; endsInHole && piece < MOST_PIECES; piece++) {
      try {
        long start = libc.lseek(descriptor, end, SEEK_DATA);
        end = libc.lseek(descriptor, start, SEEK_HOLE);
      } catch (LastErrorException e) {
        // there is no more data
        return end;
      }
    }
    return endsInHole ? size : end;
  }
}
