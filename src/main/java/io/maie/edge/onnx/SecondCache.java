package io.maie.edge.onnx;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;

/**
 * Size of the processor's second cache in the C library, see sysconf(3). ONNX Runtime asks it too,
 * and cuts the blocks of an attention to the answer. Inside some virtual machines, on ARM, and with
 * other libraries than glibc there is none.
 */
final class SecondCache {
  /** {@code _SC_LEVEL2_CACHE_SIZE} in glibc's confname.h, the same on all processors. */
  private static final int LEVEL2_CACHE_SIZE = 191;

  private SecondCache() {}

  /** Returns whether its size is known. */
  static boolean isKnown() {
    if (!Platform.isLinux() || !Platform.is64Bit()) {
      return false;
    }
    try {
      return Native.load("c", LibC.class).sysconf(LEVEL2_CACHE_SIZE).longValue() > 0;
    } catch (LinkageError e) {
      return false;
    }
  }

  /** The function of the C library that is used. */
  interface LibC extends Library {
    NativeLong sysconf(int name);
  }
}
