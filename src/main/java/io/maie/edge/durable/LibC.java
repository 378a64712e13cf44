package io.maie.edge.durable;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Functions of the C library for what Java cannot do with files; sizes as on 64-bit Linux. Numbers
 * are those of its headers (asm-generic/fcntl.h; arm64 exchanges four of the flags).
 */
public interface LibC extends Library {
  int O_NONBLOCK = 0x800;
  int O_CLOEXEC = 0x80000;
  int O_NOFOLLOW = Platform.isARM() ? 0x8000 : 0x20000;
  int O_DIRECTORY = Platform.isARM() ? 0x4000 : 0x10000;
  int O_PATH = 0x200000;

  /** In place of a folder: relative paths are those of the process. */
  int AT_FDCWD = -100;

  int RENAME_NOREPLACE = 1;

  int open(byte[] path, int flags, Object... mode) throws LastErrorException;

  int close(int descriptor) throws LastErrorException;

  long lseek(int descriptor, long offset, int whence) throws LastErrorException;

  int fcntl(int descriptor, int command, Object... argument) throws LastErrorException;

  /** Not in every library; then it throws an {@link UnsatisfiedLinkError}. */
  int renameat2(int fromFolder, byte[] from, int toFolder, byte[] to, int flags)
      throws LastErrorException;

  int flock(int descriptor, int operation) throws LastErrorException;

  int ioctl(int descriptor, long request, Object... argument) throws LastErrorException;

  /**
   * The library; null where it is not that of a 64-bit Linux, or does not load.
   *
   * @param loss consequence of a library that does not load, for the log
   */
  static @Nullable LibC load(String loss) {
    boolean isKnown = Platform.isIntel() || Platform.isARM();
    if (!Platform.isLinux() || !Platform.is64Bit() || !isKnown) {
      return null;
    }
    try {
      return Native.load("c", LibC.class);
    } catch (LinkageError e) {
      Logger log = LoggerFactory.getLogger(LibC.class);
      log.warn("Loading the C library failed; {}", loss, e);
      return null;
    }
  }

  /** A path as {@link #open} takes it: its bytes, and a zero behind them. */
  static byte[] terminated(Path path) {
    byte[] raw = FileNames.rawPath(path);
    return Arrays.copyOf(raw, raw.length + 1);
  }
}
