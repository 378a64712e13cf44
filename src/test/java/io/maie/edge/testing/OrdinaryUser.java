package io.maie.edge.testing;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs code for which the modes of files count, also where the tests run as root. */
public final class OrdinaryUser {
  /** From linux/capability.h: the version with two sets of 32 bits, and two bits of the first. */
  private static final int VERSION = 0x20080522;

  private static final int DAC_OVERRIDE = 1 << 1;
  private static final int DAC_READ_SEARCH = 1 << 2;

  private static final LibC LIBC = Native.load("c", LibC.class);

  private OrdinaryUser() {}

  /**
   * See capget(2): capabilities belong to the thread; data is effective, permitted, inheritable,
   * twice.
   */
  interface LibC extends Library {
    int capget(int[] header, int[] data) throws LastErrorException;

    int capset(int[] header, int[] data) throws LastErrorException;
  }

  /** Does {@code action} on a thread of its own, which gave up looking past the modes of files. */
  public static <T> T call(Callable<T> action) throws Exception {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              giveUp(DAC_OVERRIDE | DAC_READ_SEARCH);
              return action.call();
            });
    new Thread(task, "ordinary user").start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** For good: access(2) looks at what a thread could take back. */
  private static void giveUp(int capabilities) {
    int[] header = {VERSION, 0};
    int[] data = new int[6];
    LIBC.capget(header, data);
    data[0] &= ~capabilities;
    data[1] &= ~capabilities;
    LIBC.capset(header, data);
  }
}
