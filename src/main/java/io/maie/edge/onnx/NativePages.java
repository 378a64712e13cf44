package io.maie.edge.onnx;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives pages of native memory back while the memory stays reserved, see madvise(2). Java frees a
 * block only when its collector comes to it, which needs no heap to hold much native memory.
 */
final class NativePages {
  private static final Logger LOG = LoggerFactory.getLogger(NativePages.class);

  /** {@code MADV_DONTNEED} in Linux's mman.h, the same on all processors. */
  private static final int DONT_NEED = 4;

  /** {@code _SC_PAGESIZE} in glibc's confname.h, the same on all processors. */
  private static final int PAGE_SIZE = 30;

  private static final @Nullable LibC LIBRARY = load();

  private NativePages() {}

  /** Replaces the whole pages of a direct buffer with zeros that take no memory, if it can. */
  static void discard(ByteBuffer memory) {
    LibC library = LIBRARY;
    if (library == null || memory.capacity() == 0) {
      return;
    }
    long page = library.sysconf(PAGE_SIZE).longValue();
    Pointer start = Native.getDirectBufferPointer(memory);
    long before = Math.floorMod(-Pointer.nativeValue(start), page);
    long length = (memory.capacity() - before) / page * page;
    if (length > 0
        && library.madvise(start.share(before), new NativeLong(length), DONT_NEED) != 0) {
      LOG.debug("Pages stay in memory bytes={} error={}", length, Native.getLastError());
    }
  }

  private static @Nullable LibC load() {
    if (!Platform.isLinux() || !Platform.is64Bit()) {
      return null;
    }
    try {
      return Native.load("c", LibC.class);
    } catch (LinkageError e) {
      LOG.debug("The C library is not known: memory is kept until the collector frees it", e);
      return null;
    }
  }

  /** The functions of the C library that are used. */
  interface LibC extends Library {
    NativeLong sysconf(int name);

    int madvise(Pointer start, NativeLong length, int advice);
  }
}
