package io.maie.edge.durable;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a file that was reserved and never written. Senders that set the whole size first
 * leave one when they break off (Windows, {@code rsync --preallocate}). It reads as zeros, so that
 * only the file system can tell it from silence: see {@code SEEK_HOLE} in lseek(2). Where there are
 * further holes, all without a place on the disk and all behind written zeros, a program left out
 * zeros of the content ({@code rsync --sparse}, {@code cp --sparse}), and nothing is missing.
 */
public final class ReservedTail {
  private static final Logger LOG = LoggerFactory.getLogger(ReservedTail.class);

  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;

  /** A file with more pieces than this was not written by a sender that reserves it at once. */
  private static final int MOST_PIECES = 10_000;

  /** Asks for the extents of a file: FS_IOC_FIEMAP of linux/fs.h. */
  private static final long FIEMAP = 0xC020660BL;

  /** Bytes of struct fiemap without extents, and of one extent. */
  private static final int FIEMAP_BYTES = 32;

  private static final int EXTENT_BYTES = 56;

  /** Offset of the number of extents; that of the flags of the first one follows. */
  private static final int COUNT_AT = 24;

  private static final int FLAGS_AT = FIEMAP_BYTES + 40;

  /** FIEMAP_EXTENT_UNWRITTEN. */
  private static final int UNWRITTEN = 0x800;

  /** Zero bytes before a hole from which zeros were left out. */
  private static final int ZERO_BYTES = 16;

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
        OpenFile open = new OpenFile(LIBC, descriptor, size);
        List<Long> ends = open.ends();
        long end = ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
        boolean isSparse = ends.size() > 1 && !open.hasPlace() && allEndInZeros(file, ends);
        return isSparse ? 0 : size - end;
      } finally {
        LIBC.close(descriptor);
      }
    } catch (LastErrorException e) {
      LOG.debug("Looking for reserved bytes failed; error={} path={}", e.getErrorCode(), file);
      return 0;
    }
  }

  /** A file that is open in the system. */
  private record OpenFile(LibC libc, int descriptor, long size) {

    /** The ends of the written pieces; only the size if the file does not end in a hole. */
    List<Long> ends() {
      if (libc.lseek(descriptor, size - 1, SEEK_HOLE) != size - 1) {
        return List.of(size);
      }
      List<Long> ends = new ArrayList<>();
      long end = 0;
      while (ends.size() < MOST_PIECES) {
        try {
          long start = libc.lseek(descriptor, end, SEEK_DATA);
          end = libc.lseek(descriptor, start, SEEK_HOLE);
          ends.add(end);
        } catch (LastErrorException e) {
          // there is no more data
          return ends;
        }
      }
      return List.of(size);
    }

    /** Returns whether space on the disk is reserved for the end of the file. */
    boolean hasPlace() {
      byte[] question = new byte[FIEMAP_BYTES + EXTENT_BYTES];
      ByteBuffer fields = ByteBuffer.wrap(question).order(ByteOrder.nativeOrder());
      fields.putLong(size - 1).putLong(1).putInt(COUNT_AT, 1);
      try {
        libc.ioctl(descriptor, FIEMAP, (Object) question);
      } catch (LastErrorException e) {
        LOG.debug("Asking for extents failed; error={}", e.getErrorCode());
        return false;
      }
      return (fields.getInt(FLAGS_AT) & UNWRITTEN) != 0;
    }
  }

  private static boolean allEndInZeros(Path file, List<Long> ends) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      for (long end : ends) {
        ByteBuffer last = ByteBuffer.allocate(ZERO_BYTES);
        channel.read(last, Math.max(0, end - ZERO_BYTES));
        if (!Arrays.equals(last.array(), new byte[ZERO_BYTES])) {
          return false;
        }
      }
    }
    return true;
  }
}
